namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Fills the square with a part of the image.</summary>
/// <remarks>The part is cut out of the resized image, so that the filter sees the pixels around it.</remarks>
internal sealed class CropPlacement(RandomCrop crop, int size) : ISquarePlacement
{
    public (AxisPlacement X, AxisPlacement Y) Place(int width, int height)
    {
        CropBox box = crop.For(width, height);
        return (Place(width, box.X, box.Width), Place(height, box.Y, box.Height));
    }

    private AxisPlacement Place(int length, int first, int count)
    {
        double scale = (double)size / count;
        return new(length * scale, first * scale, size, 0);
    }
}

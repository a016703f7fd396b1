namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Places images as the weights expect them.</summary>
internal sealed class PlainPlacement : ISquarePlacement
{
    private PlainPlacement()
    {
    }

    internal static PlainPlacement Instance { get; } = new();

    public (AxisPlacement X, AxisPlacement Y) Place(int width, int height, ImagePreprocessing preprocessing)
    {
        int size = preprocessing.InputSize;
        return preprocessing.Resize switch
        {
            ImageResizeMode.CenterCrop => Both(length => Crop(length * ExactShorterSide(preprocessing) / Math.Min(width, height), size)),
            ImageResizeMode.Pad => Both(length => Center((double)length * size / Math.Max(width, height), size)),
            _ => Both(_ => new(size, 0, size, 0)),
        };

        (AxisPlacement X, AxisPlacement Y) Both(Func<int, AxisPlacement> place) => (place(width), place(height));
    }

    // Scaling by the exact ratio and rounding each side once distorts the proportions least.
    internal static double ExactShorterSide(ImagePreprocessing preprocessing) =>
        preprocessing.InputSize / Math.Round((double)preprocessing.CropFraction, 6);

    private static AxisPlacement Crop(double scaledLength, int size)
    {
        long rounded = Math.Max(size, (long)Math.Round(scaledLength));
        return new(rounded, (rounded - size) / 2, size, 0);
    }

    private static AxisPlacement Center(double scaledLength, int size)
    {
        int rounded = Math.Max(1, (int)Math.Round(scaledLength));
        return new(rounded, 0, rounded, (size - rounded) / 2);
    }
}

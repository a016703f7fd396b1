namespace Microsoft.ML.MobileNetV2;

/// <summary>Says what becomes of one axis of a picture: it is scaled to a length, and a part of that lands in the square.</summary>
/// <param name="ScaledLength">Length in pixels to which the whole axis is scaled.</param>
/// <param name="First">First pixel of the scaled axis that is needed.</param>
/// <param name="Count">How many pixels of the scaled axis are needed.</param>
/// <param name="Offset">Where the first of them lands in the square.</param>
internal readonly record struct AxisPlacement(long ScaledLength, long First, int Count, int Offset)
{
    /// <summary>Places both axes of an upright picture.</summary>
    internal static (AxisPlacement X, AxisPlacement Y) Place(int width, int height, ImagePreprocessing preprocessing)
    {
        int size = preprocessing.InputSize;
        int shorter = Math.Min(width, height);
        int longer = Math.Max(width, height);
        AxisPlacement Of(int length) => preprocessing.Resize switch
        {
            ImageResizeMode.CenterCrop => Crop(ScaleDown(length, shorter, preprocessing.ShorterSide), size),
            ImageResizeMode.Pad => Center((int)Math.Max(1, ScaleToNearest(length, longer, size)), size),
            _ => new(size, 0, size, 0),
        };
        return (Of(width), Of(height));
    }

    // torchvision cuts the fraction off the longer side, and rounds half a pixel of the crop's edge to the even side.
    private static long ScaleDown(long length, int reference, int target) => length * target / reference;

    private static AxisPlacement Crop(long scaledLength, int size) =>
        new(scaledLength, (long)Math.Round((scaledLength - size) / 2.0, MidpointRounding.ToEven), size, 0);

    private static long ScaleToNearest(long length, int reference, int target) =>
        (long)Math.Round((double)length * target / reference, MidpointRounding.ToEven);

    private static AxisPlacement Center(int scaledLength, int size) => new(scaledLength, 0, scaledLength, (size - scaledLength) / 2);
}

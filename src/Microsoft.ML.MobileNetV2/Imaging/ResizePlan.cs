namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds the taps of both stored axes for pictures of one size and orientation; immutable, so that pictures share it.</summary>
/// <param name="Horizontal">The taps along stored rows.</param>
/// <param name="Vertical">The taps along stored columns.</param>
internal sealed record ResizePlan(AxisTaps Horizontal, AxisTaps Vertical)
{
    private Key Made { get; init; }

    /// <param name="source">The stored picture.</param>
    /// <param name="fullSize">Size of the upright picture before any scaled decoding.</param>
    /// <param name="preprocessing">What the picture must become.</param>
    internal static ResizePlan Create(PixelSource source, (int Width, int Height) fullSize, ImagePreprocessing preprocessing)
    {
        ImageOrientation orientation = source.Orientation;
        (AxisPlacement x, AxisPlacement y) = AxisPlacement.Place(fullSize.Width, fullSize.Height, preprocessing);
        SourceAxis columns = new(source.Width, source.Extent.Width, orientation.IsTransposed ? orientation.IsMirroredY : orientation.IsMirroredX);
        SourceAxis rows = new(source.Height, source.Extent.Height, orientation.IsTransposed ? orientation.IsMirroredX : orientation.IsMirroredY);
        return new(
            AxisTaps.Create(columns, orientation.IsTransposed ? y : x, preprocessing.Interpolation),
            AxisTaps.Create(rows, orientation.IsTransposed ? x : y, preprocessing.Interpolation))
        {
            Made = new(source.Width, source.Height, fullSize, orientation),
        };
    }

    /// <summary>Returns whether the plan was made for pictures such as this one (and the same preprocessing).</summary>
    internal bool Fits(PixelSource source, (int Width, int Height) fullSize) =>
        Made == new Key(source.Width, source.Height, fullSize, source.Orientation);

    private readonly record struct Key(int Width, int Height, (int Width, int Height) FullSize, ImageOrientation Orientation);
}

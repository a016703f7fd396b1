namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the taps of both stored axes for images of one layout; immutable, so that images share it.</summary>
/// <param name="Layout">The layout of the images.</param>
/// <param name="Horizontal">The taps along stored rows.</param>
/// <param name="Vertical">The taps along stored columns.</param>
internal sealed record ResizePlan(ImageLayout Layout, AxisTaps Horizontal, AxisTaps Vertical)
{
    /// <param name="layout">How the image is stored.</param>
    /// <param name="square">Where the axes of the upright image land.</param>
    /// <param name="interpolation">The filter.</param>
    internal static ResizePlan Create(ImageLayout layout, (AxisPlacement X, AxisPlacement Y) square, ImageInterpolation interpolation)
    {
        (AxisPlacement columns, AxisPlacement rows) = layout.Orientation.IsTransposed ? (square.Y, square.X) : square;
        return new(
            layout,
            AxisTaps.Create(layout.Columns, columns, interpolation),
            AxisTaps.Create(layout.Rows, rows, interpolation));
    }
}

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the layout of an image in memory or at the output of its decoder.</summary>
/// <param name="Width">Stored pixels of a row.</param>
/// <param name="Height">Number of stored rows.</param>
/// <param name="Orientation">How the upright image lies in the stored one.</param>
internal readonly record struct ImageLayout(int Width, int Height, ImageOrientation Orientation)
{
    /// <summary>Gets the size at which the image is decoded, in eighths of its full size.</summary>
    internal int Eighths { get; init; } = ScaledDecoding.FullSize;

    /// <summary>Gets the width before any scaled decoding.</summary>
    internal int FullWidth { get; init; } = Width;

    /// <summary>Gets the height before any scaled decoding.</summary>
    internal int FullHeight { get; init; } = Height;

    /// <summary>Gets the width and height before any scaled decoding of the upright image.</summary>
    internal (int Width, int Height) UprightSize => Orientation.IsTransposed ? (FullHeight, FullWidth) : (FullWidth, FullHeight);

    // Scaled decoding rounds the last pixel up; the image's end lies inside of it.
    internal SourceAxis Columns => new(
        Width,
        FullWidth * (double)Eighths / ScaledDecoding.FullSize,
        Orientation.IsTransposed ? Orientation.IsMirroredY : Orientation.IsMirroredX);

    internal SourceAxis Rows => new(
        Height,
        FullHeight * (double)Eighths / ScaledDecoding.FullSize,
        Orientation.IsTransposed ? Orientation.IsMirroredX : Orientation.IsMirroredY);
}

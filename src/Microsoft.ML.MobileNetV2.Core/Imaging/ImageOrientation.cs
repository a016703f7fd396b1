namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents how the stored rows and columns of an image map to the upright one.</summary>
/// <param name="IsTransposed">The stored rows are upright columns.</param>
/// <param name="IsMirroredX">The upright x axis runs against the stored axis that it comes from.</param>
/// <param name="IsMirroredY">The upright y axis runs against the stored axis that it comes from.</param>
internal readonly record struct ImageOrientation(bool IsTransposed, bool IsMirroredX, bool IsMirroredY)
{
    /// <summary>Translates the EXIF orientation from 1 to 8, which names the upright sides where the first stored row and column lie.</summary>
    internal static ImageOrientation FromExif(int orientation) => orientation switch
    {
        2 => new(false, true, false),
        3 => new(false, true, true),
        4 => new(false, false, true),
        5 => new(true, false, false),
        6 => new(true, true, false),
        7 => new(true, true, true),
        8 => new(true, false, true),
        _ => default,
    };
}

using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents how the stored rows and columns of an image map to the upright one.</summary>
/// <param name="IsTransposed">The stored rows are upright columns.</param>
/// <param name="IsMirroredX">The upright x axis runs against the stored axis that it comes from.</param>
/// <param name="IsMirroredY">The upright y axis runs against the stored axis that it comes from.</param>
internal readonly record struct ImageOrientation(bool IsTransposed, bool IsMirroredX, bool IsMirroredY)
{
    /// <summary>Translates the EXIF orientation, which names the upright sides where the first stored row and column lie.</summary>
    internal static ImageOrientation From(SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.TopRight => new(false, true, false),
        SKEncodedOrigin.BottomRight => new(false, true, true),
        SKEncodedOrigin.BottomLeft => new(false, false, true),
        SKEncodedOrigin.LeftTop => new(true, false, false),
        SKEncodedOrigin.RightTop => new(true, true, false),
        SKEncodedOrigin.RightBottom => new(true, true, true),
        SKEncodedOrigin.LeftBottom => new(true, false, true),
        _ => default,
    };
}

using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image in one of the forms that an engine takes: a file, encoded bytes, a stream or an image in memory. Immutable.</summary>
/// <remarks>It refers to what it was created from and copies nothing: that must not change until the image is processed.</remarks>
public sealed class ImageSource
{
    private ImageSource(ImageSourceKind kind) => Kind = kind;

    internal ImageSourceKind Kind { get; }

    internal string Path { get; private init; } = string.Empty;

    internal Stream Stream { get; private init; } = Stream.Null;

    internal ReadOnlyMemory<byte> Encoded { get; private init; }

    internal IPixelBuffer? Image { get; private init; }

    /// <summary>Creates a source from a file.</summary>
    /// <param name="path">The path of a JPEG, PNG, WebP, BMP or GIF file. It is opened when the image is processed, perhaps on another thread.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static ImageSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(ImageSourceKind.Path) { Path = path };
    }

    /// <summary>Creates a source from the content of an image file.</summary>
    /// <param name="encoded">The content.</param>
    /// <returns>The source.</returns>
    public static ImageSource FromBytes(ReadOnlyMemory<byte> encoded) => new(ImageSourceKind.Encoded) { Encoded = encoded };

    /// <summary>Creates a source from a stream.</summary>
    /// <param name="stream">A stream at the start of an image file. It is read when the image is processed, perhaps on another thread; asynchronously by methods that return a task. Not disposed.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public static ImageSource FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(ImageSourceKind.Stream) { Stream = stream };
    }

    /// <summary>Creates a source from an image in memory, which must not change until it is processed.</summary>
    internal static ImageSource FromPixels(IPixelBuffer image) => new(ImageSourceKind.Image) { Image = image };
}

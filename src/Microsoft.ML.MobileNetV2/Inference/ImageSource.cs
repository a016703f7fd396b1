using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is an image in one of the forms that an engine takes: a file, encoded bytes, a stream or an image in memory.</summary>
/// <remarks>Holds what it was made from and copies nothing; what it was made from must not change until the image is computed.</remarks>
public readonly struct ImageSource : IEquatable<ImageSource>
{
    private readonly object? _image;
    private readonly ReadOnlyMemory<byte> _encoded;

    private ImageSource(object? image, ReadOnlyMemory<byte> encoded = default)
    {
        _image = image;
        _encoded = encoded;
    }

    /// <summary>Returns whether two sources are of the same image object.</summary>
    /// <param name="left">One source.</param>
    /// <param name="right">Another source.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ImageSource left, ImageSource right) => left.Equals(right);

    /// <summary>Returns whether two sources are of different image objects.</summary>
    /// <param name="left">One source.</param>
    /// <param name="right">Another source.</param>
    /// <returns>Whether they are not equal.</returns>
    public static bool operator !=(ImageSource left, ImageSource right) => !left.Equals(right);

    /// <summary>Takes a path as an image.</summary>
    /// <param name="path">Path of an image.</param>
    public static implicit operator ImageSource(string path) => FromFile(path);

    /// <summary>Takes the content of an image file as an image.</summary>
    /// <param name="encoded">The content.</param>
    public static implicit operator ImageSource(byte[] encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        return FromBytes(encoded);
    }

    /// <summary>Takes a stream at the start of an image file as an image.</summary>
    /// <param name="stream">The stream. Not disposed.</param>
    public static implicit operator ImageSource(Stream stream) => FromStream(stream);

    /// <summary>Takes an image in memory as an image.</summary>
    /// <param name="image">The image. Not disposed.</param>
    public static implicit operator ImageSource(MLImage image) => FromImage(image);

    /// <summary>Returns an image that is a file.</summary>
    /// <param name="path">Path of a JPEG, PNG, WebP, BMP or GIF image.</param>
    /// <returns>The image.</returns>
    public static ImageSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path);
    }

    /// <summary>Returns an image that is encoded in memory.</summary>
    /// <param name="encoded">Content of an image file.</param>
    /// <returns>The image.</returns>
    public static ImageSource FromBytes(ReadOnlyMemory<byte> encoded) => new(null, encoded);

    /// <summary>Returns an image that a stream holds.</summary>
    /// <param name="stream">Stream at the start of an image file; read when the image is computed, on another thread. Not disposed.</param>
    /// <returns>The image.</returns>
    public static ImageSource FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(stream);
    }

    /// <summary>Returns an image that is an image in memory.</summary>
    /// <param name="image">Image of any size. Not disposed.</param>
    /// <returns>The image.</returns>
    public static ImageSource FromImage(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(image);
    }

    /// <inheritdoc />
    public bool Equals(ImageSource other) => Equals(_image, other._image) && _encoded.Equals(other._encoded);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is ImageSource other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_image, _encoded);

    internal void CopyTo(ImageInput input)
    {
        switch (_image)
        {
            case string path:
                input.SetPath(path);
                break;
            case Stream stream:
                input.SetStream(stream);
                break;
            case MLImage image:
                input.SetImage(image);
                break;
            default:
                input.SetEncoded(_encoded);
                break;
        }
    }
}

using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is a picture in one of the forms that an engine takes: a file, encoded bytes, a stream or an image in memory.</summary>
/// <remarks>Holds what it was made from and copies nothing; what it was made from must not change until the picture is computed.</remarks>
public readonly struct ImageSource : IEquatable<ImageSource>
{
    private readonly object? _picture;
    private readonly ReadOnlyMemory<byte> _encoded;

    private ImageSource(object? picture, ReadOnlyMemory<byte> encoded = default)
    {
        _picture = picture;
        _encoded = encoded;
    }

    /// <summary>Returns whether two sources are of the same picture object.</summary>
    /// <param name="left">One source.</param>
    /// <param name="right">Another source.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ImageSource left, ImageSource right) => left.Equals(right);

    /// <summary>Returns whether two sources are of different picture objects.</summary>
    /// <param name="left">One source.</param>
    /// <param name="right">Another source.</param>
    /// <returns>Whether they are not equal.</returns>
    public static bool operator !=(ImageSource left, ImageSource right) => !left.Equals(right);

    /// <summary>Takes a path as a picture.</summary>
    /// <param name="path">Path of a picture.</param>
    public static implicit operator ImageSource(string path) => FromFile(path);

    /// <summary>Takes the content of a picture file as a picture.</summary>
    /// <param name="encoded">The content.</param>
    public static implicit operator ImageSource(byte[] encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        return FromBytes(encoded);
    }

    /// <summary>Takes a stream at the start of a picture file as a picture.</summary>
    /// <param name="stream">The stream. Not disposed.</param>
    public static implicit operator ImageSource(Stream stream) => FromStream(stream);

    /// <summary>Takes an image in memory as a picture.</summary>
    /// <param name="image">The image. Not disposed.</param>
    public static implicit operator ImageSource(MLImage image) => FromImage(image);

    /// <summary>Returns a picture that is a file.</summary>
    /// <param name="path">Path of a JPEG, PNG, WebP, BMP or GIF picture.</param>
    /// <returns>The picture.</returns>
    public static ImageSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path);
    }

    /// <summary>Returns a picture that is encoded in memory.</summary>
    /// <param name="encoded">Content of a picture file.</param>
    /// <returns>The picture.</returns>
    public static ImageSource FromBytes(ReadOnlyMemory<byte> encoded) => new(null, encoded);

    /// <summary>Returns a picture that a stream holds.</summary>
    /// <param name="stream">Stream at the start of a picture file; read when the picture is computed, on another thread. Not disposed.</param>
    /// <returns>The picture.</returns>
    public static ImageSource FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(stream);
    }

    /// <summary>Returns a picture that is an image in memory.</summary>
    /// <param name="image">Image of any size. Not disposed.</param>
    /// <returns>The picture.</returns>
    public static ImageSource FromImage(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(image);
    }

    /// <inheritdoc />
    public bool Equals(ImageSource other) => Equals(_picture, other._picture) && _encoded.Equals(other._encoded);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is ImageSource other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_picture, _encoded);

    internal void CopyTo(ImageInput input)
    {
        switch (_picture)
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

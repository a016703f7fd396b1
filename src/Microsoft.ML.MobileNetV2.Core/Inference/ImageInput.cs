using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Represents one image in the form in which it came, with buffers that are reused for the next one.</summary>
internal sealed class ImageInput
{
    private const string StreamName = "stream";

    private ImageSourceKind _kind;
    private string _path = string.Empty;
    private string? _name;
    private Stream _stream = Stream.Null;
    private readonly OwnedPixels _ownedImage = new();
    private IPixelBuffer? _image;
    private ReadOnlyMemory<byte> _encoded;
    private byte[] _encodedBuffer = [];
    private float[] _pixels = [];
    private int _pixelCount;
    private float? _largestPixel;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Gets the largest value of a vector of pixels as it was handed over; null for any other image.</summary>
    internal float? LargestPixel => _failure is null && _kind == ImageSourceKind.Pixels ? _largestPixel : null;

    /// <summary>Gets the damage inside of an image that was accepted all the same; null where none was found or looked for.</summary>
    internal string? Damage { get; private set; }

    /// <summary>Takes an image that must not change until it is processed.</summary>
    internal void Set(ImageSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Begin(source.Kind);
        _path = source.Path;
        _stream = source.Stream;
        _encoded = source.Encoded;
        _image = source.Image;
        _name = null;
    }

    internal void SetPath(string path)
    {
        Begin(ImageSourceKind.Path);
        _path = path;
    }

    /// <summary>Takes the error that kept the caller from getting the image; it is thrown when the image is processed.</summary>
    internal void SetFailure(Exception error) => _failure = ExceptionDispatchInfo.Capture(error);

    /// <summary>Returns a buffer of this object for an encoded image, to be filled by the caller.</summary>
    internal Span<byte> SetEncoded(int length)
    {
        Grow(ref _encodedBuffer, length);
        Begin(ImageSourceKind.Encoded);
        _name = null;
        _encoded = _encodedBuffer.AsMemory(0, length);
        return _encodedBuffer.AsSpan(0, length);
    }

    /// <summary>Takes an image in memory that must not change until it is processed; null for a missing one.</summary>
    internal void SetImage(IPixelBuffer? image)
    {
        Begin(ImageSourceKind.Image);
        _image = image;
    }

    /// <summary>Copies an image in memory; null for a missing one.</summary>
    internal void CopyImage(IPixelBuffer? image)
    {
        SetImage(image is null ? null : _ownedImage);
        if (image is not null)
        {
            _ownedImage.CopyFrom(image);
        }
    }

    /// <summary>Returns a buffer of this object for pixels, to be filled by the caller.</summary>
    internal Span<float> SetPixels(int length)
    {
        Grow(ref _pixels, length);
        Begin(ImageSourceKind.Pixels);
        _pixelCount = length;
        _largestPixel = null;
        return _pixels.AsSpan(0, length);
    }

    /// <summary>Copies pixels of any format.</summary>
    /// <exception cref="ArgumentException">A value is out of the range.</exception>
    internal void SetPixels(ReadOnlySpan<float> pixels, PixelFormat format)
    {
        Span<float> planes = SetPixels(pixels.Length);
        _largestPixel = format.CopyAsPlanes(pixels, planes);
    }

    /// <summary>Reads a file or stream into memory, so that its content can be used more than once.</summary>
    internal void Load()
    {
        _failure?.Throw();
        if (_kind == ImageSourceKind.Path)
        {
            using FileStream stream = ImageFile.Open(_path);
            Load(stream, _path);
        }
        else if (_kind == ImageSourceKind.Stream)
        {
            Load(_stream, StreamName);
        }
    }

    /// <summary>Returns the key of the content, which must be in memory; a file and its bytes have the same.</summary>
    internal FeatureKey ComputeKey() => _kind switch
    {
        ImageSourceKind.Encoded => FeatureKey.Of("encoded", _encoded.Span),
        ImageSourceKind.Image when _image is { } image => KeyOf(image),
        ImageSourceKind.Pixels => FeatureKey.Of("pixels", MemoryMarshal.AsBytes(_pixels.AsSpan(0, _pixelCount))),
        _ => FeatureKey.Of(_kind.ToString(), []),
    };

    /// <summary>Returns width and height of the upright image, which must be in memory.</summary>
    internal (int Width, int Height) ReadUprightSize(ImagePreprocessor preprocessor) => _kind == ImageSourceKind.Image && _image is { } image
        ? (image.Width, image.Height)
        : preprocessor.ReadUprightSize(_encoded.Span, DescribeEncoded());

    /// <summary>Writes the network's input for the image, or for a view of it.</summary>
    internal void Preprocess(ImagePreprocessor preprocessor, ImageView? view, Span<float> destination)
    {
        _failure?.Throw();
        string? damage = null;
        switch (_kind)
        {
            case ImageSourceKind.Path:
                damage = preprocessor.ProcessFile(_path, view, destination);
                break;
            case ImageSourceKind.Stream:
                damage = preprocessor.ProcessStream(_stream, StreamName, view, destination);
                break;
            case ImageSourceKind.Encoded:
                damage = preprocessor.ProcessEncoded(_encoded.Span, DescribeEncoded(), view, destination);
                break;
            case ImageSourceKind.Image:
                preprocessor.ProcessImage(_image ?? throw new ImageDecodingException("The image is missing: it is null."), view, destination);
                break;
            default:
                preprocessor.ProcessPixels(_pixels.AsSpan(0, _pixelCount), view, destination);
                break;
        }

        Damage ??= damage;
    }

    /// <summary>Takes an image like <see cref="Set"/>, and reads a stream into memory without blocking a thread.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    internal async ValueTask SetAsync(ImageSource source, CancellationToken cancellationToken)
    {
        Set(source);
        if (_kind != ImageSourceKind.Stream)
        {
            return;
        }

        try
        {
            using EncodedImage image = await EncodedImage.ReadAsync(_stream, StreamName, cancellationToken).ConfigureAwait(false);
            TakeEncoded(image, StreamName);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            SetFailure(e);
        }
    }

    private void Begin(ImageSourceKind kind)
    {
        _kind = kind;
        _failure = null;
        Damage = null;
    }

    private static FeatureKey KeyOf(IPixelBuffer image)
    {
        // First, for it says what is wrong where the image is disposed.
        ReadOnlySpan<byte> pixels = image.Pixels;
        return FeatureKey.Of(FormattableString.Invariant($"image {image.Width} {image.Height} {(image.IsBgra ? "Bgra32" : "Rgba32")}"), pixels);
    }

    private void Load(Stream stream, string name)
    {
        using EncodedImage image = EncodedImage.Read(stream, name);
        TakeEncoded(image, name);
    }

    private void TakeEncoded(in EncodedImage image, string name)
    {
        image.Bytes.CopyTo(SetEncoded(image.Bytes.Length));
        _name = name;
    }

    private string DescribeEncoded() => _name ?? string.Create(CultureInfo.InvariantCulture, $"image of {_encoded.Length} bytes");

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<T>(Math.Max(length, buffer.Length * 2));
        }
    }
}

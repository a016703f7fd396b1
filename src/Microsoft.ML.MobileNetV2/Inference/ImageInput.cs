using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Holds one image in the form in which it came, with buffers that are used again for the next one.</summary>
internal sealed class ImageInput
{
    private const string StreamName = "stream";

    private Form _form;
    private string _path = string.Empty;
    private string? _name;
    private Stream _stream = Stream.Null;
    private MLImage? _image;
    private ReadOnlyMemory<byte> _encoded;
    private byte[] _encodedBuffer = [];
    private float[] _pixels = [];
    private int _pixelCount;

    private enum Form
    {
        Path,
        Stream,
        Encoded,
        Image,
        Pixels,
    }

    internal void SetPath(string path)
    {
        _form = Form.Path;
        _path = path;
    }

    internal void SetStream(Stream stream)
    {
        _form = Form.Stream;
        _stream = stream;
    }

    /// <summary>Takes an encoded image that nobody writes to until it is computed.</summary>
    internal void SetEncoded(ReadOnlyMemory<byte> encoded)
    {
        _form = Form.Encoded;
        _name = null;
        _encoded = encoded;
    }

    /// <summary>Copies an encoded image, whose buffer the caller uses again.</summary>
    internal void CopyEncoded(in VBuffer<byte> encoded)
    {
        Grow(ref _encodedBuffer, encoded.Length);
        encoded.CopyTo(_encodedBuffer);
        SetEncoded(_encodedBuffer.AsMemory(0, encoded.Length));
    }

    internal void SetImage(MLImage? image)
    {
        _form = Form.Image;
        _image = image;
    }

    /// <summary>Reads the next image over the last one, which gives a loader that made the last one the chance to free it.</summary>
    internal void ReadImage(ValueGetter<MLImage> getter)
    {
        _form = Form.Image;
        getter(ref _image!);
    }

    /// <summary>Copies pixels, whose buffer the caller uses again.</summary>
    internal void CopyPixels(in VBuffer<float> pixels)
    {
        _form = Form.Pixels;
        _pixelCount = pixels.Length;
        Grow(ref _pixels, pixels.Length);
        pixels.CopyTo(_pixels);
    }

    /// <summary>Reads a file or stream into memory, so that its content can be looked at more than once.</summary>
    internal void Load()
    {
        if (_form == Form.Path)
        {
            using FileStream stream = ImageFile.Open(_path);
            Load(stream, _path);
        }
        else if (_form == Form.Stream)
        {
            Load(_stream, StreamName);
        }
    }

    /// <summary>Returns the key of the content, which must be in memory; a file and its bytes have the same.</summary>
    internal FeatureKey ComputeKey() => _form switch
    {
        Form.Encoded => FeatureKey.Of("encoded", _encoded.Span),
        Form.Image when _image is { } image => KeyOf(image),
        Form.Pixels => FeatureKey.Of("pixels", MemoryMarshal.AsBytes(_pixels.AsSpan(0, _pixelCount))),
        _ => FeatureKey.Of(_form.ToString(), []),
    };

    /// <summary>Writes the network's input for the image, or for a view of it.</summary>
    internal void Preprocess(ImagePreprocessor preprocessor, ImageView? view, Span<float> destination)
    {
        switch (_form)
        {
            case Form.Path:
                preprocessor.ProcessFile(_path, view, destination);
                break;
            case Form.Stream:
                preprocessor.ProcessStream(_stream, StreamName, view, destination);
                break;
            case Form.Encoded:
                preprocessor.ProcessEncoded(_encoded.Span, DescribeEncoded(), view, destination);
                break;
            case Form.Image:
                preprocessor.ProcessImage(
                    new MLImagePixels(_image ?? throw new ImageDecodingException("The image is missing: the MLImage is null.")), view, destination);
                break;
            default:
                preprocessor.ProcessPixels(_pixels.AsSpan(0, _pixelCount), view, destination);
                break;
        }
    }

    private static FeatureKey KeyOf(MLImage image)
    {
        // First, for it says what is wrong where the image is disposed.
        ReadOnlySpan<byte> pixels = new MLImagePixels(image).Pixels;
        return FeatureKey.Of(FormattableString.Invariant($"image {image.Width} {image.Height} {image.PixelFormat}"), pixels);
    }

    private void Load(Stream stream, string name)
    {
        using EncodedImage image = EncodedImage.Read(stream, name);
        Grow(ref _encodedBuffer, image.Bytes.Length);
        image.Bytes.CopyTo(_encodedBuffer);
        SetEncoded(_encodedBuffer.AsMemory(0, image.Bytes.Length));
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

using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds one picture in the form in which it came, with buffers that are used again for the next one.</summary>
internal sealed class ImageInput
{
    private Form _form;
    private byte[] _encoded = [];
    private int _encodedLength;
    private float[] _pixels = [];
    private int _pixelCount;
    private string _path = string.Empty;
    private MLImage? _image;

    private enum Form
    {
        Path,
        Encoded,
        Image,
        Pixels,
    }

    internal void SetPath(string path)
    {
        _form = Form.Path;
        _path = path;
    }

    internal void SetEncoded(in VBuffer<byte> encoded)
    {
        _form = Form.Encoded;
        _encodedLength = encoded.Length;
        Grow(ref _encoded, encoded.Length);
        encoded.CopyTo(_encoded);
    }

    /// <summary>Reads the next image over the last one, which gives a loader that made the last one the chance to free it.</summary>
    internal void SetImage(ValueGetter<MLImage> getter)
    {
        _form = Form.Image;
        getter(ref _image!);
    }

    internal void SetImage(MLImage? image)
    {
        _form = Form.Image;
        _image = image;
    }

    internal void SetPixels(in VBuffer<float> pixels)
    {
        _form = Form.Pixels;
        _pixelCount = pixels.Length;
        Grow(ref _pixels, pixels.Length);
        pixels.CopyTo(_pixels);
    }

    /// <summary>Writes the network's input for the picture.</summary>
    internal void Preprocess(ImagePreprocessor preprocessor, Span<float> destination)
    {
        switch (_form)
        {
            case Form.Path:
                preprocessor.ProcessFile(_path, destination);
                break;
            case Form.Encoded:
                preprocessor.ProcessEncoded(_encoded.AsSpan(0, _encodedLength), EncodedSource(), destination);
                break;
            case Form.Image:
                preprocessor.ProcessImage(_image ?? throw new ImageDecodingException("The picture is missing: the column's MLImage is null."), destination);
                break;
            default:
                preprocessor.ProcessPixels(_pixels.AsSpan(0, _pixelCount), destination);
                break;
        }
    }

    private string EncodedSource() => string.Create(CultureInfo.InvariantCulture, $"picture of {_encodedLength} bytes");

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<T>(Math.Max(length, buffer.Length * 2));
        }
    }
}

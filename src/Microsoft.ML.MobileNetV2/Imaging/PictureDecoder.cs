using System.Runtime.InteropServices;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Decodes the first frame of a picture; sizes are checked by the header before memory is taken.</summary>
/// <remarks>Embedded colour profiles are not applied, as Pillow and thus the training of the ImageNet weights does not.</remarks>
internal sealed unsafe class PictureDecoder : IDisposable
{
    // Far above any camera's or scanner's picture; tables and rows in floating point are made for each side.
    private const int MaxSideLength = 1 << 20;

    private readonly SKData _data;
    private readonly SKCodec _codec;
    private readonly string _source;
    private void* _pixels;

    private PictureDecoder(SKData data, SKCodec codec, string source)
    {
        _data = data;
        _codec = codec;
        _source = source;
        Orientation = ImageOrientation.From(codec.EncodedOrigin);
    }

    internal ImageOrientation Orientation { get; }

    /// <summary>Gets the width and height that the picture has when it stands upright.</summary>
    internal (int Width, int Height) UprightSize => Orientation.IsTransposed
        ? (_codec.Info.Height, _codec.Info.Width)
        : (_codec.Info.Width, _codec.Info.Height);

    /// <param name="encoded">The content of a picture file; must stay where it is until the decoder is disposed.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="source">Name of the picture, for messages.</param>
    /// <param name="options">What decoding may cost.</param>
    /// <exception cref="ImageDecodingException">It is no picture, or too large.</exception>
    internal static PictureDecoder Open(byte* encoded, int length, string source, ImageDecodingOptions options)
    {
        if (length == 0)
        {
            throw ImageDecodingException.About(source, "the file is empty; expected a picture. Copy or download the file again.");
        }

        SKData data = SKData.Create((nint)encoded, length);
        SKCodec? codec = SKCodec.Create(data);
        if (codec is null)
        {
            data.Dispose();
            throw ImageDecodingException.About(source, "the content is not a picture in a format that can be read (JPEG, PNG, WebP, BMP, GIF).");
        }

        PictureDecoder decoder = new(data, codec, source);
        try
        {
            CheckSize(codec.Info.Width, codec.Info.Height, source, options);
            return decoder;
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <summary>Gets a value indicating whether the picture can be decoded at eighths of its size.</summary>
    internal bool CanScale => _codec.EncodedFormat == SKEncodedImageFormat.Jpeg;

    /// <summary>Decodes into memory that is freed with the decoder.</summary>
    /// <param name="eighths">The share of its size at which the picture is decoded, in eighths; 8 where it cannot scale.</param>
    internal PixelSource Decode(int eighths)
    {
        SKImageInfo full = _codec.Info;
        float scale = eighths / (float)ScaledDecoding.FullSize;
        SKSizeI size = eighths < ScaledDecoding.FullSize ? _codec.GetScaledDimensions(scale) : full.Size;
        bool isOpaque = full.AlphaType == SKAlphaType.Opaque;
        SKImageInfo info = new(size.Width, size.Height, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        _pixels = NativeMemory.Alloc((nuint)info.BytesSize64);
        Require(_codec.GetPixels(info, (nint)_pixels, info.RowBytes, SKCodecOptions.Default));
        return new((byte*)_pixels, size.Width, size.Height)
        {
            Extent = (full.Width * (double)scale, full.Height * (double)scale),
            HasAlpha = !isOpaque,
            Orientation = Orientation,
        };
    }

    public void Dispose()
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
        _codec.Dispose();
        _data.Dispose();
    }

    internal static void CheckSize(int width, int height, string source, ImageDecodingOptions options)
    {
        if (width <= 0 || height <= 0)
        {
            throw ImageDecodingException.About(source, $"the picture has {width} × {height} pixels; expected at least 1 × 1.");
        }

        if ((long)width * height > options.MaxPixelCount)
        {
            throw ImageDecodingException.About(
                source,
                FormattableString.Invariant($"{width} × {height} pixels exceed the limit of {options.MaxPixelCount} pixels. ") +
                $"If the picture can be trusted, raise {nameof(ImageDecodingOptions)}.{nameof(ImageDecodingOptions.MaxPixelCount)}.");
        }

        if (Math.Max(width, height) > MaxSideLength)
        {
            throw ImageDecodingException.About(
                source, FormattableString.Invariant($"a side of {Math.Max(width, height)} pixels is too long; at most {MaxSideLength} are supported."));
        }
    }

    private void Require(SKCodecResult result)
    {
        if (result == SKCodecResult.IncompleteInput)
        {
            throw ImageDecodingException.About(
                _source, "the picture ends before its data does; expected a complete file. Copy or download the file again.");
        }

        if (result != SKCodecResult.Success)
        {
            throw ImageDecodingException.About(_source, $"the picture is damaged ({result}). Copy or download the file again.");
        }
    }
}

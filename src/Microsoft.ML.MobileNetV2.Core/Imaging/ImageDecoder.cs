using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Decodes the first frame of an image; sizes are checked by the header before memory is taken.</summary>
/// <remarks>Embedded color profiles are not applied, as Pillow and thus the training of the ImageNet weights does not.</remarks>
internal sealed unsafe class ImageDecoder : IDisposable
{
    // Far above any camera's or scanner's image; tables and rows in floating point are made for each side.
    private const int MaxSideLength = 1 << 20;

    private readonly byte* _encoded;
    private readonly int _length;
    private readonly SKData _data;
    private readonly SKCodec _codec;
    private readonly string _source;

    private ImageDecoder(byte* encoded, int length, SKData data, SKCodec codec, string source)
    {
        _encoded = encoded;
        _length = length;
        _data = data;
        _codec = codec;
        _source = source;
    }

    private bool IsJpeg => _codec.EncodedFormat == SKEncodedImageFormat.Jpeg;

    /// <param name="encoded">The content of an image file; must stay where it is until the decoder is disposed.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="source">Name of the image, for messages.</param>
    /// <exception cref="ImageDecodingException">It is no image.</exception>
    internal static ImageDecoder Open(byte* encoded, int length, string source)
    {
        if (length == 0)
        {
            throw ImageDecodingException.About(source, "the file is empty; expected an image. Copy or download the file again.");
        }

        SKData data = SKData.Create((nint)encoded, length);
        SKCodec? codec = SKCodec.Create(data);
        if (codec is null || !ImageFormats.IsReadable(codec.EncodedFormat))
        {
            codec?.Dispose();
            data.Dispose();
            throw ImageDecodingException.About(source, ImageFormats.Refusal(new(encoded, length)));
        }

        return new(encoded, length, data, codec, source);
    }

    /// <summary>Returns how the image comes out of the decoder at its full size.</summary>
    /// <exception cref="ImageDecodingException">It is too large, or damaged inside where the options say that such an image is refused.</exception>
    internal ImageLayout ReadLayout(ImageDecodingOptions options)
    {
        SKImageInfo full = _codec.Info;
        CheckSize(full.Width, full.Height, _source, options);
        RequireSound(options.DamagedData);
        int orientation = ImageFormats.Orientation(_codec.EncodedFormat, new(_encoded, _length));
        return new(full.Width, full.Height, ImageOrientation.FromExif(orientation));
    }

    /// <summary>Returns what is damaged inside of JPEG data; null where nothing is, or in another format.</summary>
    internal string? FindDamage() => IsJpeg ? JpegDamage.Find(new(_encoded, _length)) : null;

    private void RequireSound(DamagedDataHandling handling)
    {
        if (handling == DamagedDataHandling.Refuse && FindDamage() is { } damage)
        {
            throw ImageDecodingException.About(_source, $"the JPEG is damaged: {damage}. Copy or download the file again.");
        }
    }

    /// <summary>Returns the smallest layout at which the decoder leaves enough pixels for the square.</summary>
    internal ImageLayout ChooseScale(ImageLayout layout, (AxisPlacement X, AxisPlacement Y) square, ImageDecodingOptions options)
    {
        int eighths = IsJpeg && options.UseScaledDecoding
            ? ScaledDecoding.ChooseEighths(layout.UprightSize, square.X, square.Y)
            : ScaledDecoding.FullSize;
        if (eighths == ScaledDecoding.FullSize)
        {
            return layout;
        }

        SKSizeI scaled = _codec.GetScaledDimensions(eighths / (float)ScaledDecoding.FullSize);
        return layout with { Width = scaled.Width, Height = scaled.Height, Eighths = eighths };
    }

    /// <summary>Starts to decode; the rows must be disposed before the decoder.</summary>
    /// <exception cref="ImageDecodingException">The image is damaged or incomplete.</exception>
    internal PixelRows Decode(ResizePlan plan)
    {
        if (IsJpeg)
        {
            return new JpegRows(_codec, plan, _source);
        }

        bool isOpaque = _codec.Info.AlphaType == SKAlphaType.Opaque;
        SKImageInfo info = new(
            plan.Layout.Width, plan.Layout.Height, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        MemoryRows rows = MemoryRows.Allocate(plan, hasAlpha: !isOpaque);
        try
        {
            Require(_codec.GetPixels(info, rows.Address, info.RowBytes, SKCodecOptions.Default), _source);
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
    }

    internal static void CheckSize(int width, int height, string source, ImageDecodingOptions options)
    {
        if (width <= 0 || height <= 0)
        {
            throw ImageDecodingException.About(source, $"the image has {width} × {height} pixels; expected at least 1 × 1.");
        }

        if ((long)width * height > options.MaxPixelCount)
        {
            throw new ImageDecodingException(FormattableString.Invariant(
                $"'{source}': {width} × {height} pixels exceed the limit of {options.MaxPixelCount} pixels. Make the image smaller, or raise MaxPixelCount if it can be trusted."))
            {
                MaxPixelCount = options.MaxPixelCount,
            };
        }

        if (Math.Max(width, height) > MaxSideLength)
        {
            throw ImageDecodingException.About(
                source, FormattableString.Invariant($"a side of {Math.Max(width, height)} pixels is too long; at most {MaxSideLength} are supported."));
        }
    }

    internal static void Require(SKCodecResult result, string source)
    {
        if (result == SKCodecResult.IncompleteInput)
        {
            throw ImageDecodingException.About(
                source, "the image ends before its data does; expected a complete file. Copy or download the file again.");
        }

        if (result != SKCodecResult.Success)
        {
            throw ImageDecodingException.About(source, $"the image is damaged ({result}). Copy or download the file again.");
        }
    }
}

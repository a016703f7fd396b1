using System.Runtime.InteropServices;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Explanation;

/// <summary>Represents an image in memory over which a map can be drawn.</summary>
/// <param name="Preprocessing">The preprocessing, which decides where the map lies.</param>
/// <param name="Decoding">The limits for decoding.</param>
/// <param name="Input">The image.</param>
internal sealed record OverlayImage(ImagePreprocessing Preprocessing, ImageDecodingOptions Decoding, ImageInput Input)
{
    /// <summary>Below this, a map of a few positions would be larger than the image.</summary>
    private const int SmallestSide = 224;

    internal byte[] Draw(ReadOnlySpan<float> map, int mapWidth, int mapHeight, ImageOverlayOptions options)
    {
        (int width, int height) = Input.ReadUprightSize(new ImagePreprocessor(Preprocessing, Decoding));
        int side = Math.Clamp(Math.Max(width, height), Math.Min(SmallestSide, options.MaxSize), options.MaxSize);
        ImagePreprocessing whole = Preprocessing with { InputSize = side, Resize = ImageResizeMode.Pad, Mean = default, StandardDeviation = new(1, 1, 1) };
        float[] planes = new float[PixelNormalization.ChannelCount * side * side];
        Input.Preprocess(new ImagePreprocessor(whole, Decoding), view: null, planes);
        (AxisPlacement x, AxisPlacement y) = PlainPlacement.Instance.Place(width, height, whole);
        (AxisPlacement seenX, AxisPlacement seenY) = PlainPlacement.Instance.Place(width, height, Preprocessing);
        MapAxis columns = new(seenX, Preprocessing.InputSize, x.Count, mapWidth);
        MapAxis rows = new(seenY, Preprocessing.InputSize, y.Count, mapHeight);
        float[] values = Normalize(MapAxis.Enlarge(map, columns, rows));
        return Encode(new(planes, side, x, y), values, columns, rows, options);
    }

    /// <summary>Scales the values so that the largest is 1; what speaks against the class becomes 0.</summary>
    private static float[] Normalize(float[] values)
    {
        float largest = values.Where(float.IsFinite).DefaultIfEmpty(0).Max();
        return Array.ConvertAll(values, value => largest > 0 ? Math.Clamp(value / largest, 0, 1) : 0);
    }

    private static byte[] Encode(SquarePart image, float[] values, MapAxis columns, MapAxis rows, ImageOverlayOptions options)
    {
        using SKBitmap bitmap = new(new SKImageInfo(columns.Length, rows.Length, SKColorType.Rgba8888, SKAlphaType.Opaque));
        byte[] pixels = new byte[bitmap.ByteCount];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < columns.Length; x++)
            {
                RgbValues color = image[x, y];
                color = columns.IsSeen(x) && rows.IsSeen(y)
                    ? HeatColors.Blend(color, values[(y * columns.Length) + x], options.Opacity)
                    : HeatColors.Darken(color);
                Write(color, pixels.AsSpan(((y * columns.Length) + x) * PixelRows.BytesPerPixel, PixelRows.BytesPerPixel));
            }
        }

        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using SKData data = options.JpegQuality is { } quality ? bitmap.Encode(SKEncodedImageFormat.Jpeg, quality) : bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void Write(RgbValues color, Span<byte> pixel)
    {
        pixel[0] = Level(color.Red);
        pixel[1] = Level(color.Green);
        pixel[2] = Level(color.Blue);
        pixel[3] = byte.MaxValue;
    }

    private static byte Level(float value) => (byte)Math.Clamp(MathF.Round(value * byte.MaxValue), 0, byte.MaxValue);

    /// <summary>Represents the part of a padded square that is the image.</summary>
    private sealed record SquarePart(float[] Planes, int Side, AxisPlacement X, AxisPlacement Y)
    {
        internal RgbValues this[int x, int y]
        {
            get
            {
                int index = ((y + Y.Offset) * Side) + x + X.Offset;
                return new(Planes[index], Planes[index + (Side * Side)], Planes[index + (2 * Side * Side)]);
            }
        }
    }
}

using Microsoft.ML.Data;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Holds red, green and blue levels of an image, pixel by pixel, as an exported model takes them.</summary>
internal sealed record RawImage(int Width, int Height, byte[] Pixels)
{
    private const int ChannelCount = 3;

    internal static RawImage Decode(byte[] encoded)
    {
        using SKBitmap bitmap = SKBitmap.Decode(encoded);
        return new(bitmap.Width, bitmap.Height, [.. bitmap.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue })]);
    }

    internal MLImage ToImage() =>
        MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, [.. Pixels.Chunk(ChannelCount).SelectMany(pixel => pixel.Append(byte.MaxValue))]);
}

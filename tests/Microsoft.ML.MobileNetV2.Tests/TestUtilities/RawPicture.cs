using Microsoft.ML.Data;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Holds red, green and blue levels of a picture, pixel by pixel, as an exported model takes them.</summary>
internal sealed record RawPicture(int Width, int Height, byte[] Pixels)
{
    private const int ChannelCount = 3;

    internal static RawPicture Decode(byte[] encoded)
    {
        using SKBitmap bitmap = SKBitmap.Decode(encoded);
        return new(bitmap.Width, bitmap.Height, [.. bitmap.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue })]);
    }

    internal MLImage ToImage() =>
        MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, [.. Pixels.Chunk(ChannelCount).SelectMany(pixel => pixel.Append(byte.MaxValue))]);
}

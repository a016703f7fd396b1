using Microsoft.ML.Data;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents a row with a decoded image, so that a model and its export see the same pixels.</summary>
internal sealed class LabeledPixels
{
    private const int ChannelCount = 3;

    [AnySizeImage]
    public MLImage? Image { get; set; }

    public string Label { get; set; } = string.Empty;

    internal int Height => Image!.Height;

    internal int Width => Image!.Width;

    /// <summary>Gets the levels of red, green and blue, pixel by pixel.</summary>
    internal byte[] Levels { get; private init; } = [];

    internal static LabeledPixels Read(string path, string label)
    {
        using SKBitmap bitmap = SKBitmap.Decode(path);
        byte[] levels = [.. bitmap.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue })];
        byte[] pixels = [.. levels.Chunk(ChannelCount).SelectMany(pixel => pixel.Append(byte.MaxValue))];
        return new() { Image = MLImage.CreateFromPixels(bitmap.Width, bitmap.Height, MLPixelFormat.Rgba32, pixels), Label = label, Levels = levels };
    }
}

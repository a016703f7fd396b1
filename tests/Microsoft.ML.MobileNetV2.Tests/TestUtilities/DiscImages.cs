using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Draws images, each seed another one.</summary>
internal static class DiscImages
{
    /// <summary>Returns an encoded image of colored discs on a gradient.</summary>
    internal static byte[] Draw(int seed, int width = 160, int height = 120, SKEncodedImageFormat format = SKEncodedImageFormat.Png, int discCount = 12)
    {
        using SKBitmap bitmap = DrawBitmap(seed, width, height, discCount);
        using SKData data = bitmap.Encode(format, quality: 90);
        return data.ToArray();
    }

    /// <summary>Writes images with the seeds 0, 1, … into a folder and returns their paths.</summary>
    internal static string[] WriteMany(TemporaryFolder folder, int count) =>
        [.. Enumerable.Range(0, count).Select(seed => folder.Write($"{seed:000}.png", Draw(seed, 120 + seed % 7 * 10, 110)))];

    private static SKBitmap DrawBitmap(int seed, int width, int height, int discCount)
    {
        Random random = new(seed);
        SKBitmap bitmap = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(RandomColor(random));
        using SKPaint paint = new() { IsAntialias = true };
        for (int i = 0; i < discCount; i++)
        {
            paint.Color = RandomColor(random);
            canvas.DrawCircle(random.Next(width), random.Next(height), random.Next(5, 40), paint);
        }

        return bitmap;
    }

    private static SKColor RandomColor(Random random) => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
}

using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Draws images that a network tells apart easily: plain ground of one color, with a few discs.</summary>
internal static class DrawnImages
{
    private const int Size = 64;
    private const int MostDiscs = 6;

    private static readonly Dictionary<string, SKColor> Colors = new(StringComparer.Ordinal) { ["blue"] = SKColors.Blue, ["green"] = SKColors.Green, ["red"] = SKColors.Red };

    /// <summary>Gets the names of the classes.</summary>
    internal static IReadOnlyList<string> Classes { get; } = ["blue", "green", "red"];

    /// <summary>Writes images of each class into a folder of its name, all of them different.</summary>
    internal static string Write(TemporaryFolder folder, string name, int countOfEach)
    {
        foreach (string label in Classes)
        {
            Directory.CreateDirectory(folder.PathOf(name, label));
            for (int i = 0; i < countOfEach; i++)
            {
                File.WriteAllBytes(folder.PathOf(name, label, $"{i:000}.png"), Draw(label, i));
            }
        }

        return folder.PathOf(name);
    }

    /// <summary>Returns a PNG; each index gives another one.</summary>
    internal static byte[] Draw(string label, int index)
    {
        using SKBitmap bitmap = new(Size, Size);
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(Colors[label]);
        using SKPaint paint = new() { Color = SKColors.White };
        for (int i = 0; i <= index % MostDiscs; i++)
        {
            canvas.DrawCircle(((index * 7) + (i * 23)) % Size, ((index * 13) + (i * 11)) % Size, 3 + (index / MostDiscs), paint);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }
}

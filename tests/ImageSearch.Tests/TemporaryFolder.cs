using SkiaSharp;

namespace ImageSearch.Tests;

/// <summary>Represents a folder that is deleted with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("image-search-tests-").FullName;

    internal string PathOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    internal string Write(string content, params string[] parts)
    {
        string path = Place(parts);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes an image of discs; each seed gives another one.</summary>
    internal string Draw(int seed, params string[] parts)
    {
        Random random = new(seed);
        using SKBitmap bitmap = new(120, 90);
        using SKCanvas canvas = new(bitmap);
        using SKPaint paint = new();
        canvas.Clear(new SKColor((uint)random.Next() | 0xff000000));
        for (int i = 0; i < 10; i++)
        {
            paint.Color = new SKColor((uint)random.Next() | 0xff000000);
            canvas.DrawCircle(random.Next(120), random.Next(90), random.Next(5, 30), paint);
        }

        string path = Place(parts);
        using FileStream file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Place(string[] parts)
    {
        string path = PathOf(parts);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}

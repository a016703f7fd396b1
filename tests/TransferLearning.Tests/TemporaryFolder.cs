using SkiaSharp;

namespace TransferLearning.Tests;

/// <summary>Is a folder that is deleted with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("transfer-learning-tests-").FullName;

    internal string PathOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    internal string[] Files() => Directory.GetFiles(Path, "*", SearchOption.AllDirectories);

    internal string Write(string name, string content)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes small images of one color into a sub-folder.</summary>
    internal void WriteImages(string className, int count, SKColor color)
    {
        Directory.CreateDirectory(PathOf(className));
        using SKBitmap bitmap = new(64, 64);
        bitmap.Erase(color);
        for (int i = 0; i < count; i++)
        {
            using FileStream file = File.Create(PathOf(className, $"{i:00}.png"));
            bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

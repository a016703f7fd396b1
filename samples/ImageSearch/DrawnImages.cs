using SkiaSharp;
using TransferLearning;
using TransferLearning.Surfaces;

namespace ImageSearch;

/// <summary>Draws images to search, with a few copies among them, into a temporary folder that is deleted in the end.</summary>
internal sealed class DrawnImages : IDisposable
{
    private const int CopyCount = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-search-");

    internal DrawnImages() => Step.Run($"drawing {SurfaceDefects.Count + CopyCount} images", _ =>
    {
        SurfaceDefects.Draw(Folder);
        Directory.CreateDirectory(Path.Combine(Folder, "copies"));
        foreach (string path in Directory.EnumerateFiles(Folder, "*-07.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(CopyCount).ToArray())
        {
            WriteCopy(path, Path.Combine(Folder, "copies", $"copy-of-{Path.GetFileNameWithoutExtension(path)}.png"));
        }
    });

    internal string Folder => Path.Combine(_folder.FullName, "images");

    internal string IndexFolder => Path.Combine(_folder.FullName, "index");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Writes the same image in another format.</summary>
    private static void WriteCopy(string path, string copyPath)
    {
        using SKBitmap bitmap = SKBitmap.Decode(path);
        using FileStream file = File.Create(copyPath);
        bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100);
    }
}

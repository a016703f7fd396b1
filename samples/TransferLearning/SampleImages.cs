using TransferLearning.Surfaces;

namespace TransferLearning;

/// <summary>Represents the images to learn from: the user's, or drawn ones, which are deleted in the end unless the user names a folder for them.</summary>
internal sealed class SampleImages : IDisposable
{
    private readonly DirectoryInfo? _temporary;

    /// <exception cref="UsageException">There are files already where images are to be drawn.</exception>
    internal SampleImages(SampleOptions options)
    {
        if (options.Folder is { } given)
        {
            Folder = given;
            return;
        }

        if (options.DrawingFolder is { } drawing && Directory.Exists(drawing) && Directory.EnumerateFileSystemEntries(drawing).Any())
        {
            throw new UsageException($"Images are to be drawn into '{drawing}', which is not empty.");
        }

        _temporary = options.DrawingFolder is null ? Directory.CreateTempSubdirectory("surface-defects-") : null;
        Folder = options.DrawingFolder ?? _temporary!.FullName;
        Step.Run($"drawing {SurfaceDefects.Count} images", _ => SurfaceDefects.Draw(Folder));
    }

    internal string Folder { get; }

    public void Dispose() => _temporary?.Delete(recursive: true);
}

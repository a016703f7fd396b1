namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Tells files from pipes and devices: opening a pipe waits for somebody to write to it, perhaps for ever.</summary>
internal static class RegularFile
{
    /// <summary>Specifies what a path without content is.</summary>
    internal const string EmptyKind = "empty, or a pipe or device";

    /// <summary>Returns what a path leads to where that is no file with content; null for such a file, and where nothing exists.</summary>
    /// <exception cref="FileNotFoundException">The path is a link that leads back to itself.</exception>
    internal static string? FindOtherKind(string path) => Directory.Exists(path) ? "a folder" : IsEmpty(path) ? EmptyKind : null;

    /// <summary>Returns whether there is nothing to read: pipes and devices have no length. False where nothing exists at the path.</summary>
    /// <exception cref="FileNotFoundException">The path is a link that leads back to itself.</exception>
    internal static bool IsEmpty(string path)
    {
        FileInfo file = new(path);
        if (file.LinkTarget is not null)
        {
            file = Follow(file) as FileInfo ?? file;
        }

        return file.Exists && file.Length == 0;
    }

    private static FileSystemInfo? Follow(FileInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException e)
        {
            throw new FileNotFoundException($"'{link}' is a link that leads back to itself. Remove it, or give the file itself.", link.ToString(), e);
        }
    }
}

using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Finds what keeps a file from being an image, without reading it.</summary>
internal static class FileFault
{
    /// <summary>Returns what to say behind the path of a file; null where nothing is wrong.</summary>
    internal static string? Find(FileInfo file)
    {
        try
        {
            return file.LinkTarget is null
                ? FindInTarget(file, FindInName(file.FullName) ?? "does not exist.")
                : FindInTarget(file.ResolveLinkTarget(returnFinalTarget: true)!, $"is a link to '{file.LinkTarget}', which does not exist.");
        }
        catch (IOException)
        {
            return "is a link that leads back to itself. Remove it, or link to an image.";
        }
        catch (UnauthorizedAccessException)
        {
            return "may not be read. Check the permissions of its folder.";
        }
    }

    /// <summary>Returns what to say behind a path that .NET cannot open because a name in it is not UTF-8; null where nothing is wrong.</summary>
    internal static string? FindInName(string path) => path.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(path)
        ? "has a name that is not UTF-8, so it cannot be opened. Rename it."
        : null;

    private static string? FindInTarget(FileSystemInfo target, string missing) => target switch
    {
        _ when Directory.Exists(target.FullName) => "is a folder; expected the file of an image.",
        FileInfo { Exists: true, Length: > 0 } => null,
        FileInfo { Exists: true } => $"is {RegularFile.EmptyKind}; expected an image.",
        _ => missing,
    };
}

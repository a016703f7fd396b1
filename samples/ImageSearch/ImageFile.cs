using TransferLearning;

namespace ImageSearch;

/// <summary>Represents an image as a folder lists it. A file that changes is another one.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Modified">When it was last written, in ticks of UTC.</param>
internal sealed record ImageFile(string Path, long Length, long Modified)
{
    private static readonly HashSet<string> Extensions = new([".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"], StringComparer.OrdinalIgnoreCase);

    private static readonly EnumerationOptions AllFolders = new() { RecurseSubdirectories = true };

    /// <summary>Returns the images of a folder and its sub-folders in the order of their paths. What is hidden or of the system is left out.</summary>
    /// <exception cref="UsageException">There is no such folder, or no image in it.</exception>
    internal static IReadOnlyList<ImageFile> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"The folder of images '{folder}' {(File.Exists(folder) ? "is a file" : "does not exist")}.");
        }

        ImageFile[] files =
        [
            .. from file in new DirectoryInfo(folder).EnumerateFiles("*", AllFolders).OrderBy(file => file.FullName, StringComparer.Ordinal)
               where Extensions.Contains(file.Extension) && !file.Name.StartsWith('.')
               select new ImageFile(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks),
        ];
        return files.Length > 0 ? files : throw new UsageException($"The folder '{folder}' has no images: {string.Join(", ", Extensions)}.");
    }

    /// <summary>Returns the name of the folder that a file is in, which says what an image shows where people sorted them.</summary>
    internal static string FolderOf(string path) => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path)) ?? string.Empty;
}

using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Images;

/// <summary>Lists the images that files and folders on the command line stand for.</summary>
internal static class ImagePaths
{
    private static readonly HashSet<string> Extensions =
        new([".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns files as they are, and the images of folders and their sub-folders in the order of their names.</summary>
    /// <exception cref="CommandException">A place does not exist, or a folder has no image.</exception>
    internal static IReadOnlyList<string> List(IEnumerable<string> places) => [.. places.SelectMany(ListPlace)];

    private static IEnumerable<string> ListPlace(string place)
    {
        if (File.Exists(place))
        {
            return [place];
        }

        if (!Directory.Exists(place))
        {
            throw new CommandException($"'{place}' does not exist. Give image files, or folders of images.");
        }

        string[] images = [.. Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Where(IsImage).Order(StringComparer.Ordinal)];
        return images.Length > 0 ? images : throw new CommandException($"The folder '{place}' has no images ({string.Join(", ", Extensions)}).");
    }

    private static bool IsImage(string path) => Extensions.Contains(Path.GetExtension(path)) && !Path.GetFileName(path).StartsWith('.');
}

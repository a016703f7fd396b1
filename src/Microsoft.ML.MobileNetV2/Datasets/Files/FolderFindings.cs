using System.Globalization;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Collects what a folder holds beside the images that are used.</summary>
internal sealed class FolderFindings(string root)
{
    private const int MostProblems = 3;

    private readonly List<ImageDatasetProblem> _problems = [];
    private readonly SortedDictionary<string, List<string>> _others = new(StringComparer.Ordinal);
    private readonly List<string> _withoutLabel = [];

    internal void Add(string path, string message) => _problems.Add(new(path, message));

    /// <summary>Adds a file that should be an image by its name.</summary>
    internal void AddImage(string path, string message) => _problems.Add(new(path, message) { IsUnreadableImage = File.Exists(path) });

    /// <summary>Adds a file that is no image, or an image in a format that is not read.</summary>
    internal void AddOther(string path)
    {
        if (ImageFormats.HasOtherExtension(path))
        {
            string extension = Path.GetExtension(path).ToLowerInvariant();
            _others.TryAdd(extension, []);
            _others[extension].Add(path);
        }
    }

    /// <summary>Adds an image that lies outside of the folders of classes.</summary>
    internal void AddWithoutLabel(string path) => _withoutLabel.Add(path);

    /// <summary>Returns all problems in the order of their paths; what many files share is one.</summary>
    internal IReadOnlyList<ImageDatasetProblem> ToProblems()
    {
        IEnumerable<ImageDatasetProblem> shared = _others.Select(pair => new ImageDatasetProblem(
            pair.Value.Min(StringComparer.Ordinal)!,
            $"is not read{Others(pair.Value, pair.Key)}: the formats {ImageFormats.Readable} are. Convert to JPEG or PNG."));
        if (_withoutLabel.Count > 0)
        {
            shared = shared.Append(new(
                _withoutLabel.Min(StringComparer.Ordinal)!,
                $"has no label{Others(_withoutLabel, "image")}, because it lies beside the folders of the classes. Move it into one of them."));
        }

        return [.. _problems.Concat(shared).OrderBy(problem => problem.Path.Replace('\\', '/'), StringComparer.Ordinal)];
    }

    /// <summary>Returns what to say about a folder without images that can be used.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="needsFolders">Whether images beside the folders of classes do not count.</param>
    internal string DescribeNothing(IReadOnlyList<ImageDatasetProblem> problems, bool needsFolders)
    {
        string details = string.Concat(problems.Take(MostProblems).Select(problem => $" {problem.Message}"));
        if (!needsFolders)
        {
            return $"The folder '{root}' has no images that can be read: the formats {ImageFormats.Readable} are.{details}";
        }

        string found = _withoutLabel.Count > 0 ? "has images, but no subfolders with images" : "has no images that can be read in subfolders";
        string expected = $"'{Path.Combine(root, "cat", "1.jpg")}' and '{Path.Combine(root, "dog", "1.jpg")}'";
        return $"The folder of images '{root}' {found}; expected a subfolder for each class, such as {expected}.{details}";
    }

    private static string Others(List<string> paths, string kind) => paths.Count == 1
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $", and so it is with {paths.Count - 1} more of '{kind}'");
}

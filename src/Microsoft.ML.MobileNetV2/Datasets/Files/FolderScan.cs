using System.Text;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Finds the images below a folder, with labels from the names of folders.</summary>
internal sealed class FolderScan(string root, ImageFolderOptions options, IProgress<int>? progress, CancellationToken cancellationToken)
{
    private const int ProgressInterval = 1000;

    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<(string Order, LabeledImage Image)> _images = [];
    private readonly FolderFindings _findings = new(root);
    private readonly bool _labelFromParentFolder = options.LabelFromParentFolder;
    private readonly string? _rootLabel = string.IsNullOrEmpty(options.RootLabel) ? null : options.RootLabel;
    private readonly FolderVisits _visits = new();
    private readonly Stack<Folder> _waiting = [];

    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">It has no image with a label.</exception>
    internal ImageDataset Run()
    {
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"The folder of images '{root}' {(File.Exists(root) ? "is a file" : "does not exist")}.");
        }

        _waiting.Push(new(root, Label: null, _visits.EnterRoot(root)));
        while (_waiting.TryPop(out Folder? folder))
        {
            Visit(folder);
        }

        progress?.Report(_images.Count);
        IReadOnlyList<ImageDatasetProblem> problems = _findings.ToProblems();
        return _images.Count > 0
            ? new(_images.OrderBy(pair => pair.Order, StringComparer.Ordinal).Select(pair => pair.Image), problems)
            : throw new InvalidDataException(_findings.DescribeNothing(problems, needsFolders: _rootLabel is null));
    }

    private void Visit(Folder folder)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // A folder is read under its own name rather than under that of a link to it.
            IEnumerable<FileSystemInfo> entries = new DirectoryInfo(folder.Path).EnumerateFileSystemInfos("*", All)
                .OrderBy(entry => entry.LinkTarget is not null).ThenByDescending(entry => entry.Name, StringComparer.Ordinal);
            foreach (FileSystemInfo entry in entries)
            {
                VisitEntry(folder, entry);
            }
        }
        catch (UnauthorizedAccessException)
        {
            _findings.Add(folder.Path, "may not be read. Check the permissions of the folder.");
        }
        catch (IOException error)
        {
            _findings.Add(folder.Path, $"cannot be read: {error.Message}");
        }
    }

    private void VisitEntry(Folder folder, FileSystemInfo entry)
    {
        // What .NET cannot open has no attributes either, so this comes first.
        string path = Path.Combine(folder.Path, entry.Name);
        if (FileFault.FindInName(path) is { } fault)
        {
            AddUnnamable(path, entry, fault);
        }
        else if (SystemFiles.Contains(entry))
        {
            return;
        }
        else if (entry is FileInfo file)
        {
            AddFile(path, file, folder.Label ?? _rootLabel);
        }
        else if (_visits.Enter(folder.RealPath, (DirectoryInfo)entry, out string realPath) is { } refusal)
        {
            _findings.Add(path, refusal);
        }
        else
        {
            _waiting.Push(new(path, _labelFromParentFolder || folder.Label is null ? Normalize(entry.Name) : folder.Label, realPath));
        }
    }

    private void AddUnnamable(string path, FileSystemInfo entry, string fault)
    {
        if (!entry.Name.StartsWith('.') && (entry is DirectoryInfo || ImageFormats.HasReadableExtension(entry.Name)))
        {
            _findings.Add(path, fault);
        }
    }

    private void AddFile(string path, FileInfo file, string? label)
    {
        if (!ImageFormats.HasReadableExtension(file.Name))
        {
            _findings.AddOther(path);
        }
        else if (label is null)
        {
            _findings.AddWithoutLabel(path);
        }
        else if (FileFault.Find(file) is { } fault)
        {
            _findings.AddImage(path, fault);
        }
        else
        {
            _images.Add((Path.GetRelativePath(root, path).Replace('\\', '/'), new(path, label)));
            if (_images.Count % ProgressInterval == 0)
            {
                progress?.Report(_images.Count);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Returns the composed form of a name; macOS decomposes the letters of names, and the label must not depend on that.</summary>
    private static string Normalize(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    private sealed record Folder(string Path, string? Label, string RealPath);
}

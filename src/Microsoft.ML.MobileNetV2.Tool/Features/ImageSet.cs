using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Represents the images of a shard, in the order of their paths.</summary>
internal sealed class ImageSet
{
    private readonly string _folder;
    private readonly IReadOnlyList<string> _all;

    private ImageSet(string folder, IReadOnlyList<string> all, Shard shard)
    {
        _folder = folder;
        _all = all;
        Paths = [.. all.Where(shard.Contains)];
    }

    /// <summary>Gets the paths from the folder on, with slashes.</summary>
    internal IReadOnlyList<string> Paths { get; }

    /// <summary>Finds the images of a shard.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shard">Which of its images.</param>
    /// <param name="warn">Is told what keeps images out.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="CommandException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">The folder has no images at all. A shard may have none.</exception>
    internal static ImageSet Find(string folder, Shard shard, Action<string> warn, CancellationToken cancellationToken)
    {
        InputPath.RequireFolder(folder, "Give a folder of images.");
        IEnumerable<string> paths = ImagePaths.List([folder], warn, cancellationToken).Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
        return new(folder, [.. paths.Order(StringComparer.Ordinal)], shard);
    }

    /// <summary>Refuses to write over an image of the folder, whether it is in the shard or not.</summary>
    /// <exception cref="CommandException">The output is one of them.</exception>
    internal void RequireOther(string output, string option) => OutputFile.RequireOther(output, option, _all.Select(LocationOf));

    /// <summary>Returns where an image is.</summary>
    internal string LocationOf(string path) => Path.Combine(_folder, path);

    /// <summary>Returns what an image belongs to: the first sub-folder; null for an image beside the sub-folders.</summary>
    internal static string? LabelOf(string path) => path.IndexOf('/', StringComparison.Ordinal) is >= 0 and int end ? path[..end] : null;

    /// <summary>Returns a hash of the paths.</summary>
    internal string ComputeHash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in Paths)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Returns the hashes of images.</summary>
    internal string?[] HashContents(IEnumerable<string> paths, CancellationToken cancellationToken) => FileContents.HashAll(paths.Select(LocationOf), cancellationToken);

    /// <summary>Returns the first image that is not what it was when its row was computed; null where all are.</summary>
    internal string? FindChanged(IReadOnlyList<FeatureRow> rows, CancellationToken cancellationToken)
    {
        string?[] hashes = HashContents(rows.Select(row => row.Path), cancellationToken);
        return rows.Zip(hashes).FirstOrDefault(pair => pair.First.ContentHash != pair.Second).First?.Path;
    }
}

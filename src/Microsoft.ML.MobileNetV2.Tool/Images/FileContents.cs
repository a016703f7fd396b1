using System.Security.Cryptography;

namespace Microsoft.ML.MobileNetV2.Tool.Images;

/// <summary>Compares files by what they hold.</summary>
internal static class FileContents
{
    /// <summary>Returns the hashes of the files that are there more than once; all others are left out. Files that cannot be read are different from all.</summary>
    internal static IReadOnlyDictionary<string, string> Find(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (string path in paths.Distinct(StringComparer.Ordinal).GroupBy(LengthOf).Where(group => group.Key > 0 && group.Count() > 1).SelectMany(group => group))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryHash(path) is { } hash)
            {
                hashes.Add(path, hash);
            }
        }

        HashSet<string> repeated = [.. hashes.CountBy(pair => pair.Value).Where(pair => pair.Value > 1).Select(pair => pair.Key)];
        return hashes.Where(pair => repeated.Contains(pair.Value)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Returns the hash of each file; null for one that is empty or cannot be opened.</summary>
    internal static string?[] HashAll(IEnumerable<string> paths, CancellationToken cancellationToken) =>
        [.. paths.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(TryHash)];

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static string? TryHash(string path)
    {
        try
        {
            // A pipe has no length, and opening it would wait for somebody who writes.
            if (LengthOf(path) == 0)
            {
                return null;
            }

            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

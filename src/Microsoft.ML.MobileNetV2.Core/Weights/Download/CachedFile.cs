using System.Security.Cryptography;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents a downloaded file, with its recorded hash in a file next to it.</summary>
internal sealed class CachedFile(string path, string? publishedPrefix)
{
    private readonly string _hashPath = $"{path}.sha256";

    internal string Path { get; } = path;

    internal string PartPath => $"{Path}.part";

    internal string LockPath => $"{Path}.lock";

    internal bool Exists => File.Exists(Path);

    /// <summary>Gets a value indicating whether wrong content would be noticed: a hash is published or was recorded.</summary>
    internal bool HasKnownHash => publishedPrefix is not null || File.Exists(_hashPath);

    /// <summary>Computes the hash of a whole stream and leaves it at its start.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="source">Where the content is from, for messages.</param>
    /// <param name="advice">What to do when the hash is wrong.</param>
    /// <returns>The hash in lower-case hexadecimal digits.</returns>
    /// <exception cref="WeightsFormatException">The hash is not the published or recorded one.</exception>
    internal string CheckHash(Stream stream, string source, string advice)
    {
        stream.Position = 0;
        string actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Position = 0;
        if (publishedPrefix is not null && !actual.StartsWith(publishedPrefix, StringComparison.OrdinalIgnoreCase))
        {
            throw Mismatch(source, $"SHA-256 is {actual}; expected {(publishedPrefix.Length == actual.Length ? string.Empty : "one that begins with ")}{publishedPrefix}, as published. {advice}");
        }

        string? recorded = File.Exists(_hashPath) ? File.ReadAllText(_hashPath).Trim() : null;
        return recorded is null || string.Equals(recorded, actual, StringComparison.OrdinalIgnoreCase)
            ? actual
            : throw Mismatch(
                source,
                $"SHA-256 is {actual}; expected {recorded}, as of the first download. {advice} If the file was changed on purpose, delete '{_hashPath}' too.");
    }

    /// <summary>Records the hash next to the file, unless there is one.</summary>
    internal void RecordHash(string hash)
    {
        if (!File.Exists(_hashPath))
        {
            AtomicFile.Write(_hashPath, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes($"{hash}\n")));
        }
    }

    private static WeightsFormatException Mismatch(string source, string message) => new(WeightsFormatError.ChecksumMismatch, source, message);
}

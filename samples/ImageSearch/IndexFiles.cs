using TransferLearning;

namespace ImageSearch;

/// <summary>Represents the folder that an index is kept in: one Parquet file, and parts of what was added since it was written.</summary>
internal sealed class IndexFiles : IDisposable
{
    private const string PartPrefix = "part-";
    private const string Extension = ".parquet";
    private const string TemporaryExtension = ".tmp";

    private readonly string _folder;
    private readonly FileStream _lock;

    private IndexFiles(string folder, FileStream fileLock)
    {
        _folder = folder;
        _lock = fileLock;
    }

    /// <summary>Gets the file that holds the whole index.</summary>
    internal string Whole => Path.Combine(_folder, $"images{Extension}");

    /// <summary>Gets the files that exist, the whole one first.</summary>
    internal IReadOnlyList<string> All => [.. Parts().Prepend(Whole).Where(File.Exists)];

    internal bool HasParts => Parts().Any();

    /// <summary>Opens a folder, which is created where it is missing. What a killed process was writing is removed.</summary>
    /// <exception cref="UsageException">The path is a file, or another process has the index open.</exception>
    internal static IndexFiles Open(string folder)
    {
        if (File.Exists(folder))
        {
            throw new UsageException($"The index '{folder}' is a file; expected a folder, or none yet.");
        }

        Directory.CreateDirectory(folder);
        IndexFiles files = new(folder, Lock(folder));
        foreach (string left in Directory.EnumerateFiles(folder, $"*{TemporaryExtension}"))
        {
            File.Delete(left);
        }

        return files;
    }

    /// <summary>Adds a part: a reader sees all of it or nothing.</summary>
    internal void AddPart(Action<string> write) => Write(Path.Combine(_folder, $"{PartPrefix}{Guid.NewGuid():N}{Extension}"), write);

    /// <summary>Writes the whole index, after which the parts are not needed.</summary>
    internal void WriteWhole(Action<string> write)
    {
        string[] parts = [.. Parts()];
        Write(Whole, write);
        Array.ForEach(parts, File.Delete);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string folder)
    {
        try
        {
            return new(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            throw new UsageException($"The index '{folder}' is open in another process.");
        }
    }

    private static void Write(string path, Action<string> write)
    {
        string temporary = $"{path}{TemporaryExtension}";
        write(temporary);
        File.Move(temporary, path, overwrite: true);
    }

    private IEnumerable<string> Parts() => Directory.EnumerateFiles(_folder, $"{PartPrefix}*{Extension}").Order(StringComparer.Ordinal);
}

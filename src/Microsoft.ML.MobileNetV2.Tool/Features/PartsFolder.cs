using System.Globalization;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Represents the folder beside an output that keeps its rows until all are there, held by one process at a time.</summary>
internal sealed class PartsFolder : IDisposable
{
    private const string RunName = "run.json";
    private const string LockName = "lock";
    private const string TemporaryName = "unfinished.tmp";
    private const string PartExtension = ".parquet";
    private const string PartDigits = "000000000";

    private readonly FileStream _lock;

    /// <exception cref="CommandException">It is not the folder of a run, or another process has it.</exception>
    internal PartsFolder(string output)
    {
        Folder = PathFor(output);
        RequireOwn();
        Directory.CreateDirectory(Folder);
        _lock = Lock(output);
    }

    internal string Folder { get; }

    /// <summary>Gets the file that says what the run is for.</summary>
    internal string RunFile => PathOf(RunName);

    /// <summary>Returns the folder of an output.</summary>
    internal static string PathFor(string output) => $"{output}.parts";

    /// <summary>Returns whether there is a run for an output that did not end.</summary>
    internal static bool HasRun(string output) => File.Exists(Path.Combine(PathFor(output), RunName));

    /// <summary>Returns the file of the rows from one on.</summary>
    internal string PartFrom(int row) => PathOf(row.ToString(PartDigits, CultureInfo.InvariantCulture) + PartExtension);

    /// <summary>Writes a file so that it is there whole or not at all.</summary>
    internal void Write(string path, Action<Stream> write)
    {
        // One name for all, so that a process that is killed leaves one such file at most.
        string temporary = PathOf(TemporaryName);
        using (FileStream stream = File.Create(temporary))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Deletes the files of the run, and the folder unless it has others.</summary>
    internal void Delete()
    {
        _lock.Dispose();
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (string file in Directory.GetFiles(Folder).Where(IsOwn))
        {
            File.Delete(file);
        }

        if (!Directory.EnumerateFileSystemEntries(Folder).Any())
        {
            Directory.Delete(Folder);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsOwn(string path) => Path.GetFileName(path) is RunName or LockName or TemporaryName || IsPart(Path.GetFileName(path));

    private static bool IsPart(string name) =>
        Path.GetExtension(name) is PartExtension && Path.GetFileNameWithoutExtension(name) is var digits && digits.Length == PartDigits.Length && digits.All(char.IsAsciiDigit);

    private string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Refuses a folder that somebody made for something else.</summary>
    private void RequireOwn()
    {
        if (Directory.Exists(Folder) && !File.Exists(RunFile)
            && Directory.EnumerateFileSystemEntries(Folder).FirstOrDefault(path => Path.GetFileName(path) is not (LockName or TemporaryName)) is { } other)
        {
            throw new CommandException($"'{Folder}' is where rows are kept until the output is complete, but it has other files, such as '{other}'. Move them away, or give another --output.");
        }
    }

    private FileStream Lock(string output)
    {
        try
        {
            return new(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not DirectoryNotFoundException)
        {
            throw new CommandException($"Another process computes '{output}' now: it holds '{PathOf(LockName)}'. Wait for it, or give another --output.", error);
        }
    }
}

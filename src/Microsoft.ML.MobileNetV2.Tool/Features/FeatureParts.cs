using System.Globalization;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>
/// Represents the rows of an unfinished run: files in a folder beside the output, so that a run that was killed loses no more than the rows of one file,
/// and the output appears whole or not at all.
/// </summary>
internal sealed class FeatureParts : IDisposable
{
    private const string RunName = "run.json";
    private const string LockName = "lock";
    private const string TemporaryName = "unfinished.tmp";
    private const string ImagesKey = "images_sha256";

    private readonly string _output;
    private readonly string _folder;
    private readonly FeatureMetadata _metadata;
    private readonly FileStream _lock;
    private readonly List<string> _parts = [];

    private FeatureParts(string output, FeatureMetadata metadata)
    {
        _output = output;
        _metadata = metadata;
        _folder = FolderFor(output);
        Directory.CreateDirectory(_folder);
        _lock = Lock();
    }

    /// <summary>Gets the number of rows that are computed.</summary>
    internal int RowCount { get; private set; }

    /// <summary>Gets the number of those rows that have an error.</summary>
    internal int UnreadableCount { get; private set; }

    /// <summary>Returns the folder that keeps the rows until the output is complete.</summary>
    internal static string FolderFor(string output) => $"{output}.parts";

    /// <summary>Begins a run, or continues one.</summary>
    /// <param name="output">The file that the run is for.</param>
    /// <param name="metadata">What the file will say about its rows.</param>
    /// <param name="images">The images.</param>
    /// <param name="isResumed">Whether rows of a run before may be there.</param>
    /// <exception cref="CommandException">There are such rows and they may not, or they are those of something else.</exception>
    internal static FeatureParts Open(string output, FeatureMetadata metadata, ImageSet images, bool isResumed)
    {
        string folder = FolderFor(output);
        if (!isResumed && File.Exists(Path.Combine(folder, RunName)))
        {
            throw new CommandException($"'{folder}' has rows of a run that did not end. Continue it with --resume, or delete the folder.");
        }

        FeatureParts parts = new(output, metadata);
        try
        {
            parts.RequireSameRun(images);
            parts.FindRows();
            return parts;
        }
        catch
        {
            parts._lock.Dispose();
            throw;
        }
    }

    /// <summary>Keeps rows that follow those before.</summary>
    internal void Add(IReadOnlyCollection<FeatureRow> rows)
    {
        string part = PathOf(PartName(RowCount));
        WriteFile(part, rows);
        Count(part, rows);
    }

    /// <summary>Makes the output of all rows.</summary>
    internal void Complete()
    {
        WriteFile(_output, _parts.SelectMany(FeatureFileReader.ReadRows));
        _lock.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends the work. Without a row there is nothing to continue from, so the folder goes, too.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        if (RowCount == 0 && Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string PartName(int firstRow) => string.Create(CultureInfo.InvariantCulture, $"{firstRow:000000000}.parquet");

    private FileStream Lock()
    {
        try
        {
            return new(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not DirectoryNotFoundException)
        {
            throw new CommandException($"Another process computes '{_output}' now: it holds '{PathOf(LockName)}'. Wait for it, or give another --output.", error);
        }
    }

    private void RequireSameRun(ImageSet images)
    {
        Dictionary<string, string> wanted = _metadata.Write();
        wanted[ImagesKey] = images.ComputeHash();
        string file = PathOf(RunName);
        if (!File.Exists(file))
        {
            OutputFile.WriteText(file, JsonSerializer.Serialize(wanted, FeatureJson.Default.DictionaryStringString));
            return;
        }

        Dictionary<string, string> begun = ReadRun(file);
        if (wanted.Keys.FirstOrDefault(key => begun.GetValueOrDefault(key) != wanted[key]) is { } different)
        {
            string what = different == ImagesKey ? "other images, or images that changed" : $"another {different}: {begun.GetValueOrDefault(different)}, now {wanted[different]}";
            throw new CommandException($"'{_folder}' has rows of a run for {what}. Delete the folder to begin anew, or repeat the run as it was.");
        }
    }

    private Dictionary<string, string> ReadRun(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), FeatureJson.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException error)
        {
            throw new CommandException($"'{file}' is damaged. Delete the folder '{_folder}' to begin anew.", error);
        }
    }

    /// <summary>Finds the rows that are there. A file that is damaged, and those behind it, are computed again.</summary>
    private void FindRows()
    {
        for (string part = PathOf(PartName(RowCount)); File.Exists(part); part = PathOf(PartName(RowCount)))
        {
            try
            {
                Count(part, [.. FeatureFileReader.ReadRows(part)]);
            }
            catch (CommandException)
            {
                return;
            }
        }
    }

    private void Count(string part, IReadOnlyCollection<FeatureRow> rows)
    {
        _parts.Add(part);
        RowCount += rows.Count;
        UnreadableCount += rows.Count(row => row.Error is not null);
    }

    private void WriteFile(string path, IEnumerable<FeatureRow> rows)
    {
        // One name for all, so that a process that is killed leaves one such file at most.
        string temporary = PathOf(TemporaryName);
        using (FileStream stream = File.Create(temporary))
        {
            FeatureFile.Write(stream, _metadata, rows);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}

using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>
/// Represents the rows of an unfinished run: files in a folder beside the output, so that a run that was killed loses no more than the rows of one file,
/// and the output appears whole or not at all.
/// </summary>
internal sealed class FeatureParts : IDisposable
{
    private const string ImagesKey = "images_sha256";

    private readonly string _output;
    private readonly PartsFolder _folder;
    private readonly FeatureMetadata _metadata;
    private readonly List<string> _parts = [];

    private FeatureParts(string output, FeatureMetadata metadata)
    {
        _output = output;
        _metadata = metadata;
        _folder = new(output);
    }

    /// <summary>Gets the number of rows that are computed.</summary>
    internal int RowCount { get; private set; }

    /// <summary>Gets the number of those rows that have an error.</summary>
    internal int UnreadableCount { get; private set; }

    /// <summary>Begins a run, or continues one.</summary>
    /// <param name="output">The file that the run is for.</param>
    /// <param name="metadata">What the file will say about its rows.</param>
    /// <param name="images">The images.</param>
    /// <param name="isResumed">Whether rows of a run before may be there.</param>
    /// <param name="cancellationToken">Ends the reading of images whose rows are there.</param>
    /// <exception cref="CommandException">There are such rows and they may not, they are those of something else, or the folder is not that of a run.</exception>
    internal static FeatureParts Open(string output, FeatureMetadata metadata, ImageSet images, bool isResumed, CancellationToken cancellationToken)
    {
        if (!isResumed && PartsFolder.HasRun(output))
        {
            throw new CommandException($"'{PartsFolder.PathFor(output)}' has rows of a run that did not end. Continue it with --resume, or delete the folder.");
        }

        FeatureParts parts = new(output, metadata);
        try
        {
            parts.RequireSameRun(images);
            parts.FindRows(images, cancellationToken);
            return parts;
        }
        catch
        {
            parts._folder.Dispose();
            throw;
        }
    }

    /// <summary>Keeps rows that follow those before.</summary>
    internal void Add(IReadOnlyCollection<FeatureRow> rows)
    {
        string part = _folder.PartFrom(RowCount);
        _folder.Write(part, stream => FeatureFile.Write(stream, _metadata, rows));
        Count(part, rows);
    }

    /// <summary>Makes the output of all rows.</summary>
    internal void Complete()
    {
        _folder.Write(OutputFile.FollowLinks(_output), stream => FeatureFile.Write(stream, _metadata, _parts.SelectMany(part => FeatureFileReader.ReadRows(part, CancellationToken.None))));
        _folder.Delete();
    }

    /// <summary>Ends the work. Without a row there is nothing to continue from, so the folder goes, too.</summary>
    public void Dispose()
    {
        if (RowCount == 0)
        {
            _folder.Delete();
        }

        _folder.Dispose();
    }

    private void RequireSameRun(ImageSet images)
    {
        Dictionary<string, string> wanted = _metadata.Write();
        wanted[ImagesKey] = images.ComputeHash();
        string file = _folder.RunFile;
        if (!File.Exists(file))
        {
            _folder.Write(file, stream => JsonSerializer.Serialize(stream, wanted, FeatureJson.Default.DictionaryStringString));
            return;
        }

        Dictionary<string, string> begun = ReadRun(file);
        if (wanted.Keys.FirstOrDefault(key => begun.GetValueOrDefault(key) != wanted[key]) is { } different)
        {
            string what = different == ImagesKey ? "other images" : $"another {different}: {begun.GetValueOrDefault(different)}, now {wanted[different]}";
            throw new CommandException($"'{_folder.Folder}' has rows of a run for {what}. Delete the folder to begin anew, or repeat the run as it was.");
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
            throw new CommandException($"'{file}' is damaged. Delete the folder '{_folder.Folder}' to begin anew.", error);
        }
    }

    /// <summary>Finds the rows that are there. A file that is damaged or has an image that changed, and those behind it, are computed again.</summary>
    private void FindRows(ImageSet images, CancellationToken cancellationToken)
    {
        for (string part = _folder.PartFrom(RowCount); File.Exists(part); part = _folder.PartFrom(RowCount))
        {
            if (TryRead(part, cancellationToken) is not { Length: > 0 } rows
                || !rows.Select(row => row.Path).SequenceEqual(images.Paths.Skip(RowCount).Take(rows.Length), StringComparer.Ordinal)
                || images.FindChanged(rows, cancellationToken) is not null)
            {
                return;
            }

            Count(part, rows);
        }
    }

    private static FeatureRow[]? TryRead(string part, CancellationToken cancellationToken)
    {
        try
        {
            return [.. FeatureFileReader.ReadRows(part, cancellationToken)];
        }
        catch (CommandException)
        {
            return null;
        }
    }

    private void Count(string part, IReadOnlyCollection<FeatureRow> rows)
    {
        _parts.Add(part);
        RowCount += rows.Count;
        UnreadableCount += rows.Count(row => row.Error is not null);
    }
}

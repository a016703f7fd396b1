using Microsoft.ML.MobileNetV2.Tool.Shell;
using Parquet;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Reads a feature file, a group of rows at a time.</summary>
internal sealed class FeatureFileReader : IDisposable
{
    private readonly FileStream _stream;
    private readonly ParquetReader _reader;

    private FeatureFileReader(string path, FileStream stream, CancellationToken cancellationToken)
    {
        FileSeal.RequireWhole(stream, cancellationToken);
        Path = path;
        _stream = stream;
        _reader = ParquetReader.CreateAsync(stream, cancellationToken: cancellationToken).GetAwaiter().GetResult();
        if (!_reader.Schema.Equals(FeatureColumns.Schema))
        {
            throw new InvalidDataException("it has other columns.");
        }

        Metadata = FeatureMetadata.Read(_reader.CustomMetadata);
        RowCount = _reader.RowGroups.Sum(group => group.RowCount);
    }

    internal string Path { get; }

    internal FeatureMetadata Metadata { get; }

    internal long RowCount { get; }

    /// <summary>Opens a file that is as it was written. All of it is read for that.</summary>
    /// <exception cref="CommandException">There is no such file, it is no feature file, or it is damaged.</exception>
    internal static FeatureFileReader Open(string path, CancellationToken cancellationToken)
    {
        InputPath.RequireFile(path, $"Give a file that '{CommandNames.Tool} featurize' wrote.");
        FileStream stream = File.OpenRead(path);
        try
        {
            return new(path, stream, cancellationToken);
        }
        catch (Exception error)
        {
            stream.Dispose();
            if (error is OutOfMemoryException or OperationCanceledException)
            {
                throw;
            }

            // The parser throws whatever a file leads it to.
            throw NoFeatureFile(path, error);
        }
    }

    /// <summary>Reads the rows of a file, which is open as long as it is read.</summary>
    /// <exception cref="CommandException">There is no such file, or it is no feature file.</exception>
    internal static IEnumerable<FeatureRow> ReadRows(string path, CancellationToken cancellationToken)
    {
        using FeatureFileReader reader = Open(path, cancellationToken);
        foreach (FeatureRow row in reader.Rows())
        {
            yield return row;
        }
    }

    /// <summary>Reads the rows from the first to the last.</summary>
    /// <exception cref="CommandException">The file has other rows than it should.</exception>
    internal IEnumerable<FeatureRow> Rows() => Enumerable.Range(0, _reader.RowGroupCount).SelectMany(ReadGroup);

    public void Dispose()
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stream.Dispose();
    }

    private FeatureRow[] ReadGroup(int index)
    {
        try
        {
            return ReadGroupAsync(_reader.OpenRowGroupReader(index)).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw NoFeatureFile(Path, error);
        }
    }

    private async Task<FeatureRow[]> ReadGroupAsync(ParquetRowGroupReader group)
    {
        if (group.RowCount is < 0 or > FeatureFile.RowsPerGroup)
        {
            throw new InvalidDataException(FormattableString.Invariant($"a group has {group.RowCount} rows; expected at most {FeatureFile.RowsPerGroup}."));
        }

        int count = (int)group.RowCount;
        string?[] paths = new string?[count], labels = new string?[count], errors = new string?[count], hashes = new string?[count];
        await group.ReadAsync(FeatureColumns.Path, paths.AsMemory()!);
        await group.ReadAsync(FeatureColumns.Label, labels.AsMemory()!);
        await group.ReadAsync(FeatureColumns.Error, errors.AsMemory()!);
        await group.ReadAsync(FeatureColumns.ContentHash, hashes.AsMemory()!);
        float[]?[] features = await ReadFeaturesAsync(group, count);
        return [.. features.Select((values, row) => new FeatureRow(paths[row]!, labels[row], values, errors[row], hashes[row]))];
    }

    private async Task<float[]?[]> ReadFeaturesAsync(ParquetRowGroupReader group, int rowCount)
    {
        long count = group.GetMetadata(FeatureColumns.Feature)?.MetaData?.NumValues ?? 0;
        if (count < rowCount || count > (long)rowCount * Metadata.FeatureCount)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{rowCount} rows have {count} features; expected {Metadata.FeatureCount} each."));
        }

        using FeatureLists lists = new((int)count, (int)count);
        await group.ReadRawAsync<float>(FeatureColumns.Feature, lists.Values, lists.DefinitionLevels, lists.RepetitionLevels);
        return lists.Split(rowCount, Metadata.FeatureCount);
    }

    private static CommandException NoFeatureFile(string path, Exception error) =>
        new($"'{path}' is not a file that '{CommandNames.Tool} featurize' wrote, or is damaged: {error.Message}", error);
}

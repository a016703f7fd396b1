using Parquet;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Writes feature files: Parquet with a row an image, and metadata about all of them.</summary>
internal static class FeatureFile
{
    /// <summary>The number of rows that are in memory at once.</summary>
    internal const int RowsPerGroup = 512;

    /// <summary>Features are as good as random to a compressor.</summary>
    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.None, DictionaryEncodingThreshold = 0 };

    /// <summary>Writes rows as they come, to a stream that can be read too. The same rows give the same bytes.</summary>
    internal static void Write(Stream stream, FeatureMetadata metadata, IEnumerable<FeatureRow> rows)
    {
        WriteAsync(stream, metadata, rows).GetAwaiter().GetResult();
        FileSeal.Close(stream);
    }

    private static async Task WriteAsync(Stream stream, FeatureMetadata metadata, IEnumerable<FeatureRow> rows)
    {
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(FeatureColumns.Schema, stream, Options);
        foreach (FeatureRow[] group in rows.Chunk(RowsPerGroup))
        {
            await WriteGroupAsync(writer, group);
        }

        writer.CustomMetadata = new Dictionary<string, string>(metadata.Write(), StringComparer.Ordinal) { [FileSeal.Key] = FileSeal.Blank };
    }

    private static async Task WriteGroupAsync(ParquetWriter writer, FeatureRow[] rows)
    {
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        using FeatureLists lists = FeatureLists.Of(rows);
        await group.WriteAsync(FeatureColumns.Path, [.. rows.Select(row => row.Path)]);
        await group.WriteAsync(FeatureColumns.Label, [.. rows.Select(row => row.Label)]);
        await group.WriteAllPartsAsync<float>(FeatureColumns.Feature, lists.Values, lists.DefinitionLevels, lists.RepetitionLevels, CancellationToken.None);
        await group.WriteAsync(FeatureColumns.Error, [.. rows.Select(row => row.Error)]);
        await group.WriteAsync(FeatureColumns.ContentHash, [.. rows.Select(row => row.ContentHash)]);
    }
}

using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Represents a complete feature file that a resumed run is for.</summary>
/// <param name="UnreadableCount">The number of its rows that have an error.</param>
/// <param name="Changed">The first image that is not what it was when the file was written; null where all are.</param>
internal sealed record FinishedRun(int UnreadableCount, string? Changed)
{
    /// <summary>Reads a file, and the images that it was made of.</summary>
    /// <param name="output">The file.</param>
    /// <param name="metadata">What the file says about its rows if the run wrote it.</param>
    /// <param name="images">The images of the run.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CommandException">The file is that of another run, no feature file, or damaged.</exception>
    internal static FinishedRun Read(string output, FeatureMetadata metadata, ImageSet images, CancellationToken cancellationToken)
    {
        using FeatureFileReader reader = FeatureFileReader.Open(output, cancellationToken);
        if (FindDifference(reader.Metadata, metadata) is { } difference)
        {
            throw Other(output, difference);
        }

        int count = 0, unreadable = 0;
        string? changed = null;
        foreach (FeatureRow[] rows in reader.Rows().Chunk(FeatureFile.RowsPerGroup))
        {
            if (!rows.Select(row => row.Path).SequenceEqual(images.Paths.Skip(count).Take(rows.Length), StringComparer.Ordinal))
            {
                throw Other(output, "other images");
            }

            changed ??= images.FindChanged(rows, cancellationToken);
            count += rows.Length;
            unreadable += rows.Count(row => row.Error is not null);
        }

        return count == images.Paths.Count ? new(unreadable, changed) : throw Other(output, "other images");
    }

    private static string? FindDifference(FeatureMetadata found, FeatureMetadata wanted) => found.FindDifference(wanted) is { } difference ? $"other {difference}"
        : found.Shard != wanted.Shard ? $"shard {found.Shard}, not {wanted.Shard}"
        : null;

    private static CommandException Other(string output, string what) =>
        new($"'{output}' is complete, and of {what}. Give another --output, or leave out --resume to replace the file.");
}

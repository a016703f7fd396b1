using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Makes one feature file of all shards.</summary>
internal static class FeatureMerge
{
    /// <summary>Checks that files are the shards of one set of images, all of them and none twice.</summary>
    /// <exception cref="CommandException">They are not.</exception>
    internal static void RequireComplete(IReadOnlyList<FeatureFileReader> shards)
    {
        FeatureFileReader first = shards[0];
        Dictionary<int, FeatureFileReader> found = [];
        foreach (FeatureFileReader shard in shards)
        {
            if (first.Metadata.FindDifference(shard.Metadata) is { } difference)
            {
                throw new CommandException($"'{first.Path}' and '{shard.Path}' have different {difference}. Compute them with the same options and version.");
            }

            if (shard.Metadata.Shard.Count != first.Metadata.Shard.Count)
            {
                throw new CommandException($"'{first.Path}' is shard {first.Metadata.Shard} and '{shard.Path}' is shard {shard.Metadata.Shard}: they divide the images in different ways.");
            }

            if (!found.TryAdd(shard.Metadata.Shard.Index, shard))
            {
                throw new CommandException($"'{found[shard.Metadata.Shard.Index].Path}' and '{shard.Path}' are both shard {shard.Metadata.Shard}. Give each shard once.");
            }
        }

        int count = first.Metadata.Shard.Count;
        int[] missing = [.. Enumerable.Range(1, count).Where(index => !found.ContainsKey(index))];
        if (missing.Length > 0)
        {
            throw new CommandException($"Shards are missing: {Describe(missing, count)}. Give all {count}.");
        }
    }

    /// <summary>Writes the rows of all shards in the order of their paths.</summary>
    internal static void Write(Stream stream, IReadOnlyList<FeatureFileReader> shards, IWorkProgress progress, CancellationToken cancellationToken) =>
        FeatureFile.Write(stream, shards[0].Metadata with { Shard = Shard.Whole }, Report(Order(shards), shards.Sum(shard => shard.RowCount), progress, cancellationToken));

    private static IEnumerable<FeatureRow> Report(IEnumerable<FeatureRow> rows, long total, IWorkProgress progress, CancellationToken cancellationToken)
    {
        long done = 0;
        foreach (FeatureRow row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
            progress.Report("merging", ++done, total);
        }
    }

    private static IEnumerable<FeatureRow> Order(IReadOnlyList<FeatureFileReader> shards)
    {
        PriorityQueue<(IEnumerator<FeatureRow> Rows, FeatureFileReader Shard), string> next = new(StringComparer.Ordinal);
        foreach (FeatureFileReader shard in shards)
        {
            Enqueue(shard.Rows().GetEnumerator(), shard);
        }

        (string Path, FeatureFileReader Shard)? last = null;
        while (next.TryDequeue(out (IEnumerator<FeatureRow> Rows, FeatureFileReader Shard) current, out string? path))
        {
            if (last is { } before && StringComparer.Ordinal.Compare(before.Path, path) >= 0)
            {
                throw new CommandException($"'{path}' in '{current.Shard.Path}' comes behind '{before.Path}' in '{before.Shard.Path}': one of the files was changed. Compute it again.");
            }

            last = (path, current.Shard);
            yield return current.Rows.Current;
            Enqueue(current.Rows, current.Shard);
        }

        void Enqueue(IEnumerator<FeatureRow> rows, FeatureFileReader shard)
        {
            if (rows.MoveNext())
            {
                next.Enqueue((rows, shard), rows.Current.Path);
            }
        }
    }

    private static string Describe(int[] missing, int count)
    {
        const int Most = 5;
        return string.Join(", ", missing.Take(Most).Select(index => new Shard(index, count))) + (missing.Length > Most ? ", …" : string.Empty);
    }
}

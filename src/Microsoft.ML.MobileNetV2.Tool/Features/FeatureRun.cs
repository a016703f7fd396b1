using System.Collections.Concurrent;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Computes the features of images and keeps them as they come.</summary>
/// <param name="engine">The network.</param>
/// <param name="images">The images.</param>
/// <param name="parts">Where rows are kept.</param>
/// <param name="rowsPerPart">How many rows are computed before they are kept.</param>
/// <param name="onUnreadable">Told why an image cannot be read; throws where that ends the run.</param>
internal sealed class FeatureRun(MobileNetV2Engine engine, ImageSet images, FeatureParts parts, int rowsPerPart, Action<string> onUnreadable)
{
    private const string Phase = "computing features";

    /// <summary>How many files are read at once: enough for all processors, and so few that the network need not wait.</summary>
    private const int HashedTogether = 32;

    private readonly List<FeatureRow> _rows = [];
    private readonly ConcurrentQueue<string?> _hashes = [];

    /// <summary>Computes what is missing. What is computed when that ends early is kept.</summary>
    internal void Compute(IWorkProgress progress, CancellationToken cancellationToken)
    {
        int first = parts.RowCount;
        progress.Report(Phase, first, images.Paths.Count);
        try
        {
            foreach (BatchResult<float[]> result in engine.Run(Hash(images.Paths.Skip(first), cancellationToken).Select(images.LocationOf), cancellationToken))
            {
                Add(images.Paths[first + (int)result.Index], result);
                progress.Report(Phase, parts.RowCount + _rows.Count, images.Paths.Count);
            }
        }
        finally
        {
            Keep();
        }
    }

    /// <summary>
    /// Returns paths, having read their files. One that changes between this and the network keeps the hash of before: a resumed run computes it again.
    /// </summary>
    private IEnumerable<string> Hash(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (string[] next in paths.Chunk(HashedTogether))
        {
            Array.ForEach(images.HashContents(next, cancellationToken), _hashes.Enqueue);
            foreach (string path in next)
            {
                yield return path;
            }
        }
    }

    private void Add(string path, BatchResult<float[]> result)
    {
        if (result.Error is { } error)
        {
            onUnreadable(error.Message);
        }

        // The file says the same wherever the folder of images is.
        string? message = result.Error?.Message.Replace(images.LocationOf(path), path, StringComparison.Ordinal);
        _hashes.TryDequeue(out string? hash);
        _rows.Add(new(path, ImageSet.LabelOf(path), result.Error is null ? result.Value : null, message, hash));
        if (_rows.Count == rowsPerPart)
        {
            Keep();
        }
    }

    private void Keep()
    {
        if (_rows.Count > 0)
        {
            parts.Add(_rows);
            _rows.Clear();
        }
    }
}

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

    private readonly List<FeatureRow> _rows = [];

    /// <summary>Computes what is missing. What is computed when that ends early is kept.</summary>
    internal void Compute(IWorkProgress progress, CancellationToken cancellationToken)
    {
        int first = parts.RowCount;
        progress.Report(Phase, first, images.Paths.Count);
        try
        {
            foreach (BatchResult<float[]> result in engine.Run(images.Paths.Skip(first).Select(images.LocationOf), cancellationToken))
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

    private void Add(string path, BatchResult<float[]> result)
    {
        if (result.Error is { } error)
        {
            onUnreadable(error.Message);
        }

        // The file says the same wherever the folder of images is.
        string? message = result.Error?.Message.Replace(images.LocationOf(path), path, StringComparison.Ordinal);
        _rows.Add(new(path, ImageSet.LabelOf(path), result.Error is null ? result.Value : null, message));
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

using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Models;

/// <summary>Loads weights, with progress where they are downloaded.</summary>
internal static class WeightsLoading
{
    /// <exception cref="WeightsDownloadException">The weights are not in the cache and cannot be downloaded.</exception>
    internal static void Load(MobileNetV2Weights weights, IWorkProgress progress, CancellationToken cancellationToken) =>
        weights.Load(new ImmediateProgress<DownloadProgress>(update => Report(update, progress)), cancellationToken);

    private static void Report(DownloadProgress update, IWorkProgress progress)
    {
        if (update is { IsWaiting: false, TotalBytes: { } total })
        {
            progress.Report($"downloading {update.Name}", update.BytesDone, total);
        }
    }
}

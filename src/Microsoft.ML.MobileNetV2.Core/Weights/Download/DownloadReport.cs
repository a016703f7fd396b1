namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reports the progress of one download to those who asked for it.</summary>
internal sealed class DownloadReport(DownloadProgress start, params IReadOnlyList<IProgress<DownloadProgress>?> receivers)
{
    private DownloadProgress _last = start;

    internal Uri Address => _last.Address;

    /// <summary>Reports a new stage in which nothing more was received.</summary>
    internal void Send(DownloadStage stage) => Send(stage, _last.BytesDone, _last.TotalBytes);

    internal void Send(DownloadStage stage, long bytesDone, long? totalBytes)
    {
        _last = new()
        {
            Name = _last.Name,
            Address = _last.Address,
            TargetPath = _last.TargetPath,
            Stage = stage,
            BytesDone = bytesDone,
            TotalBytes = totalBytes,
        };
        foreach (IProgress<DownloadProgress>? receiver in receivers)
        {
            receiver?.Report(_last);
        }
    }
}

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Tells the caller and the handlers of the application how far a download is.</summary>
internal sealed class DownloadReport(string name, Uri address, string targetPath, IProgress<DownloadProgress>? progress)
{
    private DownloadProgress _last = new(name, address, targetPath, DownloadStage.Started, 0, null);

    internal Uri Address => _last.Address;

    /// <summary>Tells of a new stage in which no more has come.</summary>
    internal void Send(DownloadStage stage) => Send(stage, _last.BytesDone, _last.TotalBytes);

    internal void Send(DownloadStage stage, long bytesDone, long? totalBytes)
    {
        _last = _last with { Stage = stage, BytesDone = bytesDone, TotalBytes = totalBytes };
        progress?.Report(_last);
        MobileNetV2Weights.OnDownloadProgressChanged(_last);
    }
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Tells the caller and the handlers of the application how far a download is.</summary>
internal sealed class DownloadReport(string name, Uri address, string targetPath, IProgress<DownloadProgress>? progress)
{
    internal Uri Address { get; } = address;

    internal void Send(DownloadStage stage, long bytesDone = 0, long? totalBytes = null)
    {
        DownloadProgress state = new(name, Address, targetPath, stage, bytesDone, totalBytes);
        progress?.Report(state);
        MobileNetV2Weights.OnDownloadProgressChanged(state);
    }
}

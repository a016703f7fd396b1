namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Does something at each report of a download, on the thread that downloads.</summary>
internal sealed class ProgressAction(Action<DownloadProgress> action) : IProgress<DownloadProgress>
{
    public void Report(DownloadProgress value) => action(value);
}

using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Writes to the user's log that weights are downloaded, which may take minutes.</summary>
internal sealed class DownloadLog(ILogger logger) : IProgress<DownloadProgress>
{
    private DownloadStage? _last;

    public void Report(DownloadProgress value)
    {
        if (value.Stage == _last)
        {
            return;
        }

        _last = value.Stage;
        switch (value.Stage)
        {
            case DownloadStage.Started:
                logger.LogInformation("Downloading the weights '{Name}' from '{Address}' to '{Path}'", value.Name, value.Address, value.TargetPath);
                break;
            case DownloadStage.Waiting:
                logger.LogInformation("Waiting for another process, which downloads the weights '{Name}'", value.Name);
                break;
            case DownloadStage.Retrying:
                logger.LogWarning("The download of '{Address}' was interrupted after {Bytes} bytes, and resumes", value.Address, value.BytesDone);
                break;
            case DownloadStage.Completed:
                logger.LogInformation("Downloaded {Bytes} bytes to '{Path}'", value.BytesDone, value.TargetPath);
                break;
        }
    }
}

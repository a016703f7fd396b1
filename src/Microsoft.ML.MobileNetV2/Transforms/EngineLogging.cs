using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Connects an engine with the log of a pipeline.</summary>
internal static class EngineLogging
{
    /// <summary>Returns settings whose engine tells a log of downloads, and a log of the user's own also of damage inside of images that are accepted.</summary>
    internal static EngineSettings WithLog(this EngineSettings settings, ILogger logger) => settings with
    {
        Downloads = new DownloadLog(logger),
        NotesDamage = settings.Decoding.DamagedData == DamagedDataHandling.Accept && logger is not ContextLog && logger.IsEnabled(LogLevel.Warning),
    };
}

using Microsoft.Extensions.Logging;

namespace Microsoft.ML.MobileNetV2.Telemetry;

/// <summary>Provides the messages of classifiers that are served.</summary>
internal static partial class ServingLog
{
    internal const string Category = "Microsoft.ML.MobileNetV2";

    [LoggerMessage(1, LogLevel.Information, "{Classifier}: loaded generation {Generation} from {Source}, {ClassCount} classes")]
    internal static partial void Loaded(this ILogger logger, string classifier, int generation, string source, int classCount);

    [LoggerMessage(2, LogLevel.Debug, "{Classifier}: {Source} cannot be loaded yet, attempt {Attempt} of {MostAttempts}")]
    internal static partial void AttemptFailed(this ILogger logger, Exception error, string classifier, string source, int attempt, int mostAttempts);

    [LoggerMessage(3, LogLevel.Error, "{Classifier}: {Source} has changed and cannot be loaded; generation {Generation} stays in use")]
    internal static partial void ReloadFailed(this ILogger logger, Exception error, string classifier, string source, int generation);
}

using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Writes what a trainer does to the log.</summary>
internal sealed class TrainingLog(ILogger logger)
{
    internal ILogger Logger => logger;

    /// <summary>Returns a method that logs each image that cannot be read, before it calls the user's own.</summary>
    internal Action<UnreadableImage> Watch(Action<UnreadableImage>? next) => image =>
    {
        logger.LogWarning("Row {Row}, column '{Column}': the image cannot be read: {Reason}", image.RowIndex, image.ColumnName, image.Reason.Message);
        next?.Invoke(image);
    };

    /// <summary>Returns a receiver that logs the end of each epoch, before it calls the user's own; the user's own where nothing is logged.</summary>
    internal IProgress<TrainingProgress>? Watch(IProgress<TrainingProgress>? next) =>
        logger.IsEnabled(LogLevel.Information) ? new LoggedProgress(this, next) : next;

    internal void Start(TrainingRows training, TrainingRows? validation, IReadOnlyList<string> outputNames) => logger.LogInformation(
        "Training on {Rows} rows of {Features} features, {ValidationRows} rows for validation, {Classes} classes",
        training.RowCount, training.FeatureCount, validation?.RowCount ?? 0, outputNames.Count);

    internal void Cache(FeatureCache? cache)
    {
        if (cache is not null)
        {
            logger.LogInformation("Feature cache: {Hits} found, {Misses} computed since it was opened", cache.HitCount, cache.MissCount);
        }
    }

    internal void End(TrainingHistory history) => logger.LogInformation(
        "Training ended after {Epochs} epochs and {Seconds:0.0} s: {Reason}; the model has the weights of epoch {BestEpoch}",
        history.Epochs.Count, history.Duration.TotalSeconds, history.StopReason, history.BestEpoch);

    private void Epoch(TrainingProgress report) => logger.LogInformation(
        "Epoch {Epoch}: {Training}; validation {Validation}", report.Epoch, Describe(report.Training), Describe(report.Validation));

    private static string Describe(TrainingMetrics? metrics) => metrics switch
    {
        null => "none",
        { Accuracy: double.NaN } => string.Create(CultureInfo.InvariantCulture, $"loss {metrics.Loss:0.0000}, error {metrics.RootMeanSquaredError:0.0000}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"loss {metrics.Loss:0.0000}, accuracy {metrics.Accuracy:0.0000}"),
    };

    private sealed class LoggedProgress(TrainingLog log, IProgress<TrainingProgress>? next) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.IsEndOfEpoch)
            {
                log.Epoch(value);
            }

            next?.Report(value);
        }
    }
}

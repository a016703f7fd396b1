namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents an epoch in a checkpoint.</summary>
/// <param name="Epoch">The number of the epoch.</param>
/// <param name="LearningRate">The learning rate of its last step.</param>
/// <param name="Training">The metrics on the training rows.</param>
/// <param name="Validation">The metrics on the validation rows; null where there are none.</param>
internal sealed record EpochRecord(int Epoch, double LearningRate, double[] Training, double[]? Validation)
{
    internal static EpochRecord Of(EpochResult epoch) =>
        new(epoch.Epoch, epoch.LearningRate, ToNumbers(epoch.Training), epoch.Validation is null ? null : ToNumbers(epoch.Validation));

    internal static double[] ToNumbers(TrainingMetrics metrics) => [.. Enum.GetValues<TrainingMetric>().Select(metrics.Get)];

    internal static TrainingMetrics ToMetrics(double[] numbers) => new()
    {
        Loss = numbers[(int)TrainingMetric.Loss],
        Accuracy = numbers[(int)TrainingMetric.Accuracy],
        MacroAccuracy = numbers[(int)TrainingMetric.MacroAccuracy],
        MacroF1 = numbers[(int)TrainingMetric.MacroF1],
        MeanAbsoluteError = numbers[(int)TrainingMetric.MeanAbsoluteError],
        RootMeanSquaredError = numbers[(int)TrainingMetric.RootMeanSquaredError],
        RSquared = numbers[(int)TrainingMetric.RSquared],
    };

    internal EpochResult ToResult() => new()
    {
        Epoch = Epoch,
        LearningRate = LearningRate,
        Training = ToMetrics(Training),
        Validation = Validation is null ? null : ToMetrics(Validation),
    };
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds how good a head is on some rows.</summary>
/// <remarks>What does not apply, such as the accuracy of numbers or the error of classes, is <see cref="double.NaN"/>.</remarks>
public sealed record TrainingMetrics
{
    /// <summary>Gets the mean loss.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Gets the fraction of rows that are right; with several labels a row, the fraction of labels.</summary>
    /// <value>From 0 to 1.</value>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>Gets the mean over the classes of the share that is right; classes without rows do not count.</summary>
    /// <value>From 0 to 1.</value>
    public double MacroAccuracy { get; init; } = double.NaN;

    /// <summary>Gets the mean over the classes of F1; classes without rows do not count.</summary>
    /// <value>From 0 to 1.</value>
    public double MacroF1 { get; init; } = double.NaN;

    /// <summary>Gets the mean of |y − t|.</summary>
    public double MeanAbsoluteError { get; init; } = double.NaN;

    /// <summary>Gets the root of the mean of (y − t)².</summary>
    public double RootMeanSquaredError { get; init; } = double.NaN;

    /// <summary>Gets the fraction of the values' variance that is explained (R²).</summary>
    /// <value>At most 1; NaN where the values do not vary.</value>
    public double RSquared { get; init; } = double.NaN;

    /// <summary>Returns one of the numbers.</summary>
    /// <param name="metric">Which one.</param>
    /// <returns>The number; NaN where it does not apply.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> is unknown.</exception>
    public double Get(TrainingMetric metric) => metric switch
    {
        TrainingMetric.Loss => Loss,
        TrainingMetric.Accuracy => Accuracy,
        TrainingMetric.MacroAccuracy => MacroAccuracy,
        TrainingMetric.MacroF1 => MacroF1,
        TrainingMetric.MeanAbsoluteError => MeanAbsoluteError,
        TrainingMetric.RootMeanSquaredError => RootMeanSquaredError,
        TrainingMetric.RSquared => RSquared,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Unknown metric."),
    };
}

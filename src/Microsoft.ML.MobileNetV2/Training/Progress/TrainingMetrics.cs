namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the metrics of a head on a set of rows.</summary>
/// <remarks>A metric that does not apply, such as the accuracy of a regression, is <see cref="double.NaN"/>.</remarks>
public sealed class TrainingMetrics
{
    internal TrainingMetrics()
    {
    }

    /// <summary>Gets the mean loss.</summary>
    public double Loss { get; internal set; } = double.NaN;

    /// <summary>Gets the fraction of rows that are predicted correctly; with several labels per image, the fraction of labels.</summary>
    /// <value>From 0 to 1.</value>
    public double Accuracy { get; internal init; } = double.NaN;

    /// <summary>Gets the mean over the classes of the fraction of their rows that are predicted correctly; classes without rows do not count.</summary>
    /// <value>From 0 to 1.</value>
    public double MacroAccuracy { get; internal init; } = double.NaN;

    /// <summary>Gets the mean over the classes of F1; classes without rows do not count.</summary>
    /// <value>From 0 to 1.</value>
    public double MacroF1 { get; internal init; } = double.NaN;

    /// <summary>Gets the mean of |y − t|.</summary>
    public double MeanAbsoluteError { get; internal set; } = double.NaN;

    /// <summary>Gets the root of the mean of (y − t)².</summary>
    public double RootMeanSquaredError { get; internal set; } = double.NaN;

    /// <summary>Gets the fraction of the values' variance that is explained (R²).</summary>
    /// <value>At most 1; NaN where the values do not vary.</value>
    public double RSquared { get; internal init; } = double.NaN;

    /// <summary>Returns the value of a metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>The value; NaN where the metric does not apply.</returns>
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

    /// <summary>Returns the metrics for values in another unit.</summary>
    internal TrainingMetrics Scale(double loss, double factor)
    {
        var scaled = (TrainingMetrics)MemberwiseClone();
        scaled.Loss = loss;
        scaled.MeanAbsoluteError *= factor;
        scaled.RootMeanSquaredError *= factor;
        return scaled;
    }
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents how well a model finds one of several labels. Immutable.</summary>
public sealed class LabelMetrics
{
    internal LabelMetrics(ClassMetrics atThreshold, float threshold, double averagePrecision)
    {
        AtThreshold = atThreshold;
        Threshold = threshold;
        AveragePrecision = averagePrecision;
    }

    /// <summary>Gets the label.</summary>
    public string Label => AtThreshold.Label;

    /// <summary>Gets the score from which on the label is predicted.</summary>
    public float Threshold { get; }

    /// <summary>Gets precision, recall, F1 and support at the threshold.</summary>
    public ClassMetrics AtThreshold { get; }

    /// <summary>Gets the average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds n, with recall R and precision P.</summary>
    /// <value>From 0 to 1. NaN where no image has the label.</value>
    public double AveragePrecision { get; }
}

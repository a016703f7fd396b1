namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the result of one epoch.</summary>
public sealed class EpochResult
{
    internal EpochResult()
    {
    }

    /// <summary>Gets the number of the epoch, from 1.</summary>
    public int Epoch { get; internal init; }

    /// <summary>Gets the learning rate of the epoch's last step.</summary>
    public double LearningRate { get; internal init; }

    /// <summary>Gets the metrics on the training rows, measured while the head changed, with dropout, MixUp, label smoothing and weights.</summary>
    public TrainingMetrics Training { get; internal init; } = null!;

    /// <summary>Gets the metrics on the validation set after the epoch.</summary>
    /// <value><see langword="null"/> without a validation set.</value>
    public TrainingMetrics? Validation { get; internal init; }
}

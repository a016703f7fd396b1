namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the result of one epoch.</summary>
public sealed record EpochResult
{
    /// <summary>Gets the number of the epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Gets the learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Gets the metrics on the training rows, measured while the head changed, with dropout, MixUp, label smoothing and weights.</summary>
    public required TrainingMetrics Training { get; init; }

    /// <summary>Gets the metrics on the validation set after the epoch.</summary>
    /// <value><see langword="null"/> without a validation set.</value>
    public TrainingMetrics? Validation { get; init; }
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents a progress update of a training run: reported after every epoch, and a few times per second in between.</summary>
public sealed class TrainingProgress
{
    internal TrainingProgress()
    {
    }

    /// <summary>Gets the current phase.</summary>
    public TrainingPhase Phase { get; internal init; }

    /// <summary>Gets the number of completed units of the phase.</summary>
    public long Done { get; internal init; }

    /// <summary>Gets the number of units of the whole phase; early stopping may end it sooner.</summary>
    /// <value>0 when it is unknown: a data view need not know its number of rows.</value>
    public long Total { get; internal init; }

    /// <summary>Gets the estimated time until the end of the phase.</summary>
    /// <value><see langword="null"/> until a unit is completed, and when the total is unknown.</value>
    public TimeSpan? EstimatedTimeLeft { get; internal init; }

    /// <summary>Gets the number of images that passed through the network in a second, on average over the phase.</summary>
    /// <value>0 in phases in which none do.</value>
    public double ImagesPerSecond { get; internal init; }

    /// <summary>Gets the number of the current epoch, from 1.</summary>
    /// <value>0 in phases without epochs.</value>
    public int Epoch { get; internal init; }

    /// <summary>Gets a value indicating whether the epoch has just ended.</summary>
    public bool IsEndOfEpoch { get; internal init; }

    /// <summary>Gets the metrics on the training rows of the epoch so far.</summary>
    public TrainingMetrics? Training { get; internal init; }

    /// <summary>Gets the metrics on the validation set.</summary>
    /// <value><see langword="null"/> without a validation set, and between the ends of epochs.</value>
    public TrainingMetrics? Validation { get; internal init; }

    /// <summary>Gets the learning rate of the last step.</summary>
    public double LearningRate { get; internal init; }
}

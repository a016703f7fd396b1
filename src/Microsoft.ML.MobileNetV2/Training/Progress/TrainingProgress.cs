namespace Microsoft.ML.MobileNetV2;

/// <summary>Says how far a training has come; it is reported after every epoch and a few times a second between.</summary>
public sealed record TrainingProgress
{
    /// <summary>Gets what is being done.</summary>
    public required TrainingPhase Phase { get; init; }

    /// <summary>Gets the units of the phase that are done.</summary>
    public required long Done { get; init; }

    /// <summary>Gets the units of the whole phase; early stopping may end it before.</summary>
    /// <value>0 where nobody knows: a data view need not know its number of rows.</value>
    public required long Total { get; init; }

    /// <summary>Gets the estimated time to the end of the phase.</summary>
    /// <value><see langword="null"/> while nothing is done, and where the end is not known.</value>
    public TimeSpan? EstimatedTimeLeft { get; init; }

    /// <summary>Gets the epoch that runs or has just ended, from 1.</summary>
    /// <value>0 in phases without epochs.</value>
    public int Epoch { get; init; }

    /// <summary>Gets a value indicating whether the epoch has just ended.</summary>
    public bool IsEndOfEpoch { get; init; }

    /// <summary>Gets how good the head was on the training rows of the epoch so far, as they were seen.</summary>
    public TrainingMetrics? Training { get; init; }

    /// <summary>Gets how good the head is on the validation set.</summary>
    /// <value><see langword="null"/> without a validation set, and between the ends of epochs.</value>
    public TrainingMetrics? Validation { get; init; }

    /// <summary>Gets the learning rate of the last change of the weights.</summary>
    public double LearningRate { get; init; }
}

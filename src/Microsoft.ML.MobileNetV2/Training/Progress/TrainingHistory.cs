namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the course of a training run.</summary>
public sealed record TrainingHistory
{
    /// <summary>Gets the completed epochs, in order.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>Gets the number, from 1, of the epoch whose weights the model has.</summary>
    /// <value>The best epoch on the validation set, or the last one without a validation set; 0 when no epoch was completed.</value>
    public required int BestEpoch { get; init; }

    /// <summary>Gets the reason why the training ended.</summary>
    public required TrainingStopReason StopReason { get; init; }

    /// <summary>Gets the duration of the training.</summary>
    public required TimeSpan Duration { get; init; }
}

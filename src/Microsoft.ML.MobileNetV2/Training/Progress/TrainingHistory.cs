namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the course of a training run.</summary>
public sealed class TrainingHistory
{
    internal TrainingHistory()
    {
    }

    /// <summary>Gets the completed epochs, in order.</summary>
    public IReadOnlyList<EpochResult> Epochs { get; internal init; } = null!;

    /// <summary>Gets the number, from 1, of the epoch whose weights the model has.</summary>
    /// <value>The best epoch on the validation set, or the last one without a validation set; 0 when no epoch was completed.</value>
    public int BestEpoch { get; internal init; }

    /// <summary>Gets the reason why the training ended.</summary>
    public TrainingStopReason StopReason { get; internal init; }

    /// <summary>Gets the duration of the training.</summary>
    public TimeSpan Duration { get; internal init; }
}

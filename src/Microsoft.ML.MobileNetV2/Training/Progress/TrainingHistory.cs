namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds what happened in a training.</summary>
/// <param name="Epochs">The epochs that ended, in order.</param>
/// <param name="BestEpoch">
/// The number, from 1, of the epoch whose weights the model has: the best one on the validation set, or the last one without a validation
/// set; 0 when none ended.
/// </param>
/// <param name="StopReason">Why the training ended.</param>
/// <param name="Duration">How long it took.</param>
public sealed record TrainingHistory(
    IReadOnlyList<EpochResult> Epochs, int BestEpoch, TrainingStopReason StopReason, TimeSpan Duration);

namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds what one epoch has brought.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="LearningRate">The learning rate of the epoch's last change of the weights.</param>
/// <param name="Training">
/// How good the head was on the training rows as they were seen: while it changed, and with dropout, mixtures, smoothing and weights.
/// </param>
/// <param name="Validation">How good the head is on the validation set, plainly; null without one.</param>
public sealed record EpochResult(int Epoch, double LearningRate, TrainingMetrics Training, TrainingMetrics? Validation);

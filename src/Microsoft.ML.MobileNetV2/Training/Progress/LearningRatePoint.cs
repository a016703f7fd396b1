namespace Microsoft.ML.MobileNetV2;

/// <summary>Is one point of a <see cref="LearningRateCurve"/>.</summary>
/// <param name="LearningRate">The learning rate that was tried.</param>
/// <param name="Loss">The loss there, smoothed over the points before.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss);

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents one point of a <see cref="LearningRateCurve"/>.</summary>
public sealed record LearningRatePoint
{
    /// <summary>Gets the learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Gets the loss at that learning rate, smoothed over the points before it.</summary>
    public required double Loss { get; init; }
}

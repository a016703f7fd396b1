namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Holds the validation loss after each epoch of a training, and when it ended.</summary>
internal sealed record LossCurve(IReadOnlyList<LossPoint> Points)
{
    internal double Lowest => Points.Min(point => point.ValidationLoss);

    internal double Seconds => Points[^1].Seconds;

    /// <summary>Returns the time until the loss was <paramref name="target"/> or less; infinite when it never was.</summary>
    internal double SecondsTo(double target) =>
        Points.Where(point => point.ValidationLoss <= target).Select(point => point.Seconds).FirstOrDefault(double.PositiveInfinity);
}

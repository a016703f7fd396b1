namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Says how good a head was after a time.</summary>
internal readonly record struct LossPoint(double Seconds, double ValidationLoss);

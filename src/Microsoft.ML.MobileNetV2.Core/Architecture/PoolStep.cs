namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Represents the mean over all pixels of each channel, which turns the last feature map into the features.</summary>
internal sealed record PoolStep : NetworkStep;

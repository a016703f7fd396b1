namespace Microsoft.ML.MobileNetV2.Tool.Commands.Featurization;

/// <summary>Represents a feature file that was made of shards.</summary>
internal sealed record MergeResult(string Output, int Shards, long Count, int Features);

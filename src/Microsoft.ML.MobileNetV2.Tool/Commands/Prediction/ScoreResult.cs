namespace Microsoft.ML.MobileNetV2.Tool.Commands.Prediction;

/// <summary>Represents a class with its score.</summary>
internal sealed record ScoreResult(string Label, float Score);

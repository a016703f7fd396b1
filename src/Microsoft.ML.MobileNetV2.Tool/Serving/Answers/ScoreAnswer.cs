namespace Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

/// <summary>Represents a class with its score.</summary>
internal sealed record ScoreAnswer(string Label, float Score);

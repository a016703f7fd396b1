namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the score of one class.</summary>
/// <param name="Label">The name of the class.</param>
/// <param name="Score">The score: a probability where the head ends in softmax, as it does by default.</param>
public sealed record ClassScore(string Label, float Score);

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is what a classifier says of one class.</summary>
/// <param name="Label">The name of the class.</param>
/// <param name="Score">The model's score: a probability where its head ends in softmax, as it does by default.</param>
public sealed record ClassScore(string Label, float Score);

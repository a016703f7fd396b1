namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image of one label with the scores that a model gave it.</summary>
/// <param name="Id">The path of the image, or another name for it.</param>
/// <param name="Label">The true label.</param>
/// <param name="Scores">The score of each class, in the order of the classes; probabilities for all figures to have a value.</param>
public sealed record ScoredImage(string Id, string Label, ReadOnlyMemory<float> Scores);

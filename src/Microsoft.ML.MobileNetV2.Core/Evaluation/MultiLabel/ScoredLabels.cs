namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image of any number of labels with the scores that a model gave it.</summary>
/// <param name="Id">The path of the image, or another name for it.</param>
/// <param name="Labels">The true labels; empty for none.</param>
/// <param name="Scores">The score of each label, in the order of the classes.</param>
public sealed record ScoredLabels(string Id, IReadOnlyCollection<string> Labels, ReadOnlyMemory<float> Scores);

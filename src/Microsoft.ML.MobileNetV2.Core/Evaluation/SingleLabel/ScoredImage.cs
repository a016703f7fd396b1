namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image of one label with the scores that a model gave it.</summary>
public sealed class ScoredImage
{
    /// <summary>Initializes an image.</summary>
    /// <param name="id">The path of the image, or another name for it.</param>
    /// <param name="label">The true label.</param>
    /// <param name="scores">The score of each class, in the order of the classes; probabilities for all figures to have a value.</param>
    public ScoredImage(string id, string label, ReadOnlyMemory<float> scores)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(label);
        Id = id;
        Label = label;
        Scores = scores;
    }

    /// <summary>Gets the path of the image, or another name for it.</summary>
    public string Id { get; }

    /// <summary>Gets the true label.</summary>
    public string Label { get; }

    /// <summary>Gets the score of each class, in the order of the classes.</summary>
    public ReadOnlyMemory<float> Scores { get; }
}

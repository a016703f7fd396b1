namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image of any number of labels with the scores that a model gave it.</summary>
public sealed class ScoredLabels
{
    /// <summary>Initializes an image.</summary>
    /// <param name="id">The path of the image, or another name for it.</param>
    /// <param name="labels">The true labels; empty for none.</param>
    /// <param name="scores">The score of each label, in the order of the classes.</param>
    /// <exception cref="ArgumentNullException">The name, the labels, or one of them is null.</exception>
    public ScoredLabels(string id, IReadOnlyCollection<string> labels, ReadOnlyMemory<float> scores)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Contains(null!))
        {
            throw new ArgumentNullException(nameof(labels), $"A label of '{id}' is null.");
        }

        Id = id;
        Labels = labels;
        Scores = scores;
    }

    /// <summary>Gets the path of the image, or another name for it.</summary>
    public string Id { get; }

    /// <summary>Gets the true labels.</summary>
    public IReadOnlyCollection<string> Labels { get; }

    /// <summary>Gets the score of each label, in the order of the classes.</summary>
    public ReadOnlyMemory<float> Scores { get; }
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents what a model made of one image of an evaluation. Immutable.</summary>
public sealed class EvaluatedImage
{
    internal EvaluatedImage()
    {
    }

    /// <summary>Gets the path of the image, or another name for it.</summary>
    public string Id { get; internal init; } = null!;

    /// <summary>Gets the true label.</summary>
    public string Label { get; internal init; } = null!;

    /// <summary>Gets the score of the true label.</summary>
    public float LabelScore { get; internal init; }

    /// <summary>Gets the position of the true label among the classes ordered by their score, from 1.</summary>
    /// <value>Classes of the same score are in the model's order, as in a prediction.</value>
    public int LabelRank { get; internal init; }

    /// <summary>Gets the class with the highest score, even if the image is rejected.</summary>
    public ClassScore Predicted { get; internal init; } = null!;

    /// <summary>Gets a value indicating whether the highest score is below its threshold, so that the image is rejected as unknown.</summary>
    public bool IsRejected { get; internal init; }

    /// <summary>Gets a value indicating whether the true label has the highest score and is not rejected.</summary>
    public bool IsCorrect => LabelRank == 1 && !IsRejected;
}

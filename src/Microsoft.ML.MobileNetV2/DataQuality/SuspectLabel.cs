namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image whose label is likely wrong. Immutable.</summary>
public sealed class SuspectLabel
{
    internal SuspectLabel(int index, ClassScore given, ClassScore suggested)
    {
        Index = index;
        Given = given;
        Suggested = suggested;
    }

    /// <summary>Gets the index of the image.</summary>
    public int Index { get; }

    /// <summary>Gets the label of the image, with the probability that a model gives it which has not seen the image.</summary>
    public ClassScore Given { get; }

    /// <summary>Gets the label that this model suggests, with its probability.</summary>
    public ClassScore Suggested { get; }
}

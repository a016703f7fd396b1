namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents two classes of which one is taken for the other. Immutable.</summary>
public sealed class ConfusedPair
{
    internal ConfusedPair(string label, string predicted, int count, int support)
    {
        Label = label;
        Predicted = predicted;
        Count = count;
        Support = support;
    }

    /// <summary>Gets the true class.</summary>
    public string Label { get; }

    /// <summary>Gets the class that was predicted.</summary>
    public string Predicted { get; }

    /// <summary>Gets the number of images that were confused in this way.</summary>
    public int Count { get; }

    /// <summary>Gets the number of images of the true class.</summary>
    public int Support { get; }
}

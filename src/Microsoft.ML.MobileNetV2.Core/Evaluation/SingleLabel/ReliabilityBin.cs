namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the images whose confidence, the highest score, lies in a range: a bar of a reliability diagram. Immutable.</summary>
public sealed class ReliabilityBin
{
    internal ReliabilityBin(double lower, double upper, int count, double confidence, double accuracy)
    {
        Lower = lower;
        Upper = upper;
        Count = count;
        Confidence = confidence;
        Accuracy = accuracy;
    }

    /// <summary>Gets the end of the range that does not belong to it, except for 0.</summary>
    public double Lower { get; }

    /// <summary>Gets the end of the range that belongs to it.</summary>
    public double Upper { get; }

    /// <summary>Gets the number of images.</summary>
    public int Count { get; }

    /// <summary>Gets the mean confidence.</summary>
    /// <value>NaN where there is no image.</value>
    public double Confidence { get; }

    /// <summary>Gets the fraction of images whose class with the highest score is the true one.</summary>
    /// <value>NaN where there is no image.</value>
    public double Accuracy { get; }
}

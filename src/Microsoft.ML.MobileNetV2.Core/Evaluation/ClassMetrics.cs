namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents how well a model finds one class. Immutable.</summary>
/// <remarks>A quotient whose divisor is 0 is 0, as in scikit-learn.</remarks>
public sealed class ClassMetrics
{
    internal ClassMetrics(string label, int truePositives, int falsePositives, int falseNegatives)
    {
        Label = label;
        Support = truePositives + falseNegatives;
        PredictedCount = truePositives + falsePositives;
        CorrectCount = truePositives;
    }

    /// <summary>Gets the class.</summary>
    public string Label { get; }

    /// <summary>Gets the number of images that have the label.</summary>
    public int Support { get; }

    /// <summary>Gets the number of images for which the label was predicted.</summary>
    public int PredictedCount { get; }

    /// <summary>Gets the number of images that have the label and for which it was predicted.</summary>
    public int CorrectCount { get; }

    /// <summary>Gets the fraction of correct ones among the images for which the label was predicted.</summary>
    public double Precision => Ratio(CorrectCount, PredictedCount);

    /// <summary>Gets the fraction of correct ones among the images that have the label.</summary>
    public double Recall => Ratio(CorrectCount, Support);

    /// <summary>Gets the harmonic mean of precision and recall.</summary>
    public double F1 => Ratio(2L * CorrectCount, (long)PredictedCount + Support);

    /// <summary>Gets a value indicating whether an image has the label or it was predicted for one; otherwise the class counts in no mean.</summary>
    internal bool IsPresent => Support > 0 || PredictedCount > 0;

    /// <summary>Returns the mean F1 of the classes that occur; NaN where none does.</summary>
    internal static double MacroF1(IEnumerable<ClassMetrics> classes) =>
        classes.Where(metrics => metrics.IsPresent).Select(metrics => metrics.F1).DefaultIfEmpty(double.NaN).Average();

    internal static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}

using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of <see cref="ClassificationEvaluation"/>.</summary>
public sealed class ClassificationEvaluationOptions
{
    private const int MaxBins = 1000;

    /// <summary>Gets or sets the score below which an image is rejected as unknown.</summary>
    /// <value>A finite number. The default is null: that of the classifier, or 0 where there are only scores.</value>
    public float? UnknownThreshold { get; set; }

    /// <summary>Gets or sets a threshold for each class, in the order of the classes: an image whose best class scores below its own is rejected as unknown.</summary>
    /// <value>Finite numbers. The default is null: <see cref="UnknownThreshold"/> for all.</value>
    public IReadOnlyList<float>? ClassThresholds { get; set; }

    /// <summary>Gets or sets the number of bins of equal width into which the confidence from 0 to 1 is divided for the calibration error.</summary>
    /// <value>From 1 to 1000. The default is 15, as in arXiv:1706.04599.</value>
    public int BinCount { get; set; } = 15;

    /// <summary>Returns the threshold of each class.</summary>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal float[] ResolveThresholds(int classCount, float defaultThreshold)
    {
        OptionsValidator validator = new();
        float common = UnknownThreshold ?? defaultThreshold;
        validator.RequireFinite(common, nameof(UnknownThreshold));
        validator.RequireInRange(BinCount, nameof(BinCount), 1, MaxBins);
        if (ClassThresholds is { } thresholds)
        {
            validator.Require(
                thresholds.Count == classCount, nameof(ClassThresholds), $"of {thresholds.Count} numbers", $"expected one for each of the {classCount} classes");
            validator.Require(thresholds.All(float.IsFinite), nameof(ClassThresholds), "not finite", "expected finite numbers");
        }

        validator.ThrowIfAny("options");
        return ClassThresholds is null ? [.. Enumerable.Repeat(common, classCount)] : [.. ClassThresholds];
    }
}

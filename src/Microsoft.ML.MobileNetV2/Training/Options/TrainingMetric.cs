namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies a metric of a model.</summary>
public enum TrainingMetric
{
    /// <summary>The loss; lower is better.</summary>
    Loss,

    /// <summary>The fraction of rows (with several labels per image: of labels) that are predicted correctly.</summary>
    Accuracy,

    /// <summary>The mean over the classes of the fraction of their rows that are predicted correctly; classes without rows do not count.</summary>
    MacroAccuracy,

    /// <summary>The mean over the classes of F1; classes without rows do not count.</summary>
    MacroF1,

    /// <summary>The mean of |y − t|; lower is better.</summary>
    MeanAbsoluteError,

    /// <summary>The root of the mean of (y − t)²; lower is better.</summary>
    RootMeanSquaredError,

    /// <summary>The fraction of the values' variance that is explained (R²).</summary>
    RSquared,
}

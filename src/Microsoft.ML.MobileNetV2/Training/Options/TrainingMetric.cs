namespace Microsoft.ML.MobileNetV2;

/// <summary>Names a number that tells how good a model is.</summary>
public enum TrainingMetric
{
    /// <summary>The loss; small is good.</summary>
    Loss,

    /// <summary>The share of rows (with several labels a row: of labels) that are right.</summary>
    Accuracy,

    /// <summary>The mean over the classes of the share that is right; classes without rows do not count.</summary>
    MacroAccuracy,

    /// <summary>The mean over the classes of F1; classes without rows do not count.</summary>
    MacroF1,

    /// <summary>The mean of |y − t|; small is good.</summary>
    MeanAbsoluteError,

    /// <summary>The root of the mean of (y − t)²; small is good.</summary>
    RootMeanSquaredError,

    /// <summary>The share of the values' variance that is explained (R²).</summary>
    RSquared,
}

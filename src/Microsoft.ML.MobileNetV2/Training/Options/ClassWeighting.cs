namespace Microsoft.ML.MobileNetV2;

/// <summary>Says how much the rows of a class count.</summary>
public enum ClassWeighting
{
    /// <summary>Every row counts the same, or as <see cref="HeadTrainerOptions.ClassWeights"/> says.</summary>
    Uniform,

    /// <summary>Every class counts the same, however many rows it has.</summary>
    Balanced,
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how much the rows of a class count.</summary>
public enum ClassWeighting
{
    /// <summary>Every row counts the same, unless the weights of the classes are given.</summary>
    Uniform,

    /// <summary>Every class counts the same, however many rows it has.</summary>
    Balanced,
}

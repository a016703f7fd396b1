namespace Microsoft.ML.MobileNetV2;

/// <summary>Names what training makes small.</summary>
/// <remarks>Losses other than categorical cross-entropy are means over the outputs.</remarks>
public enum HeadLoss
{
    /// <summary>−Σ t·ln(p): one class a row, with softmax.</summary>
    CategoricalCrossEntropy,

    /// <summary>−t·ln(p) − (1 − t)·ln(1 − p): any number of labels a row, or two classes with one output; with sigmoid.</summary>
    BinaryCrossEntropy,

    /// <summary>Cross-entropy that counts what is right already less, by (1 − p)^γ; with softmax or sigmoid.</summary>
    Focal,

    /// <summary>max(0, 1 − t·y)² with t = ±1; with linear or tanh.</summary>
    SquaredHinge,

    /// <summary>(y − t)².</summary>
    MeanSquaredError,

    /// <summary>|y − t|.</summary>
    MeanAbsoluteError,

    /// <summary>(ln(1 + y) − ln(1 + t))²: for values that are not negative, when their ratio counts.</summary>
    MeanSquaredLogarithmicError,

    /// <summary>y − t·ln(y): for counts.</summary>
    Poisson,
}

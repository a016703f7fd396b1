namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the loss function to minimize.</summary>
/// <remarks>Losses other than categorical cross-entropy are means over the outputs.</remarks>
public enum HeadLoss
{
    /// <summary>−Σ t·ln(p): one class per row, with softmax.</summary>
    CategoricalCrossEntropy,

    /// <summary>−t·ln(p) − (1 − t)·ln(1 − p): any number of labels per row, or two classes with one output; with sigmoid.</summary>
    BinaryCrossEntropy,

    /// <summary>Cross-entropy in which rows that are already right count less, by the factor (1 − p)^γ; with softmax or sigmoid.</summary>
    Focal,

    /// <summary>max(0, 1 − t·y)² with t = ±1; with linear or tanh.</summary>
    SquaredHinge,

    /// <summary>(y − t)².</summary>
    MeanSquaredError,

    /// <summary>|y − t|.</summary>
    MeanAbsoluteError,

    /// <summary>(ln(1 + y) − ln(1 + t))²: for values of at least 0 whose ratio matters.</summary>
    MeanSquaredLogarithmicError,

    /// <summary>y − t·ln(y): for counts.</summary>
    Poisson,
}

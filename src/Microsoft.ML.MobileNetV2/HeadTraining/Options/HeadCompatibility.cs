using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Determines which activations, losses and labels fit each other, and what to use instead.</summary>
internal static class HeadCompatibility
{
    internal static bool AllowsLabelSmoothing(HeadLoss loss) =>
        loss is HeadLoss.CategoricalCrossEntropy or HeadLoss.BinaryCrossEntropy or HeadLoss.Focal;

    internal static bool IsForValuesOnly(HeadLoss loss) => loss is HeadLoss.MeanSquaredLogarithmicError or HeadLoss.Poisson;

    /// <summary>Returns the activation of the last layer that goes with a loss.</summary>
    internal static HeadActivation DefaultFor(HeadLoss loss) => loss switch
    {
        HeadLoss.CategoricalCrossEntropy or HeadLoss.Focal => HeadActivation.Softmax,
        HeadLoss.BinaryCrossEntropy => HeadActivation.Sigmoid,
        HeadLoss.MeanSquaredLogarithmicError => HeadActivation.Softplus,
        HeadLoss.Poisson => HeadActivation.Exponential,
        _ => HeadActivation.Linear,
    };

    /// <summary>Returns what is wrong with a pair, or null.</summary>
    internal static string? Check(HeadActivation activation, HeadLoss loss) => Fits(activation, loss)
        ? null
        : $"{NameOf(activation)} with {NameOf(loss)}: {AdviceFor(activation, loss)}.";

    /// <summary>Returns what is wrong with a loss and an activation for labels of some kind, or null.</summary>
    internal static string? Check(HeadActivation activation, HeadLoss loss, TargetKind kind) => kind switch
    {
        TargetKind.Values when AllowsLabelSmoothing(loss) || loss == HeadLoss.SquaredHinge =>
            $"{NameOf(loss)} needs classes, and the labels are numbers: use mean squared error.",
        TargetKind.Values when activation == HeadActivation.Softmax => "softmax needs classes, and the labels are numbers: use linear.",
        TargetKind.Classes or TargetKind.MultiHot when IsForValuesOnly(loss) =>
            $"{NameOf(loss)} needs numbers, and the labels are classes: use categorical cross-entropy.",
        TargetKind.MultiHot when activation == HeadActivation.Softmax =>
            $"softmax with {NameOf(loss)} picks one class, and rows have several labels: use sigmoid with binary cross-entropy.",
        _ => null,
    };

    internal static string NameOf(HeadActivation activation) => activation switch
    {
        HeadActivation.Relu => "ReLU",
        HeadActivation.Relu6 => "ReLU6",
        HeadActivation.LeakyRelu => "leaky ReLU",
        HeadActivation.Elu => "ELU",
#pragma warning disable CA1308 // Names in a sentence are in small letters; nothing is compared.
        _ => activation.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
    };

    internal static string NameOf(HeadLoss loss) => loss switch
    {
        HeadLoss.CategoricalCrossEntropy => "categorical cross-entropy",
        HeadLoss.BinaryCrossEntropy => "binary cross-entropy",
        HeadLoss.Focal => "focal loss",
        HeadLoss.SquaredHinge => "squared hinge",
        HeadLoss.MeanSquaredError => "mean squared error",
        HeadLoss.MeanAbsoluteError => "mean absolute error",
        HeadLoss.MeanSquaredLogarithmicError => "mean squared logarithmic error",
        _ => "Poisson loss",
    };

    private static bool Fits(HeadActivation activation, HeadLoss loss) => loss switch
    {
        HeadLoss.CategoricalCrossEntropy => activation is HeadActivation.Softmax,
        HeadLoss.BinaryCrossEntropy => activation is HeadActivation.Sigmoid,
        HeadLoss.Focal => activation is HeadActivation.Softmax or HeadActivation.Sigmoid,
        HeadLoss.SquaredHinge => activation is HeadActivation.Linear or HeadActivation.Tanh,
        HeadLoss.MeanSquaredLogarithmicError => activation is HeadActivation.Relu or HeadActivation.Relu6 or HeadActivation.Sigmoid
            or HeadActivation.Softplus or HeadActivation.Exponential,
        HeadLoss.Poisson => activation is HeadActivation.Softplus or HeadActivation.Exponential,
        _ => true,
    };

    private static string AdviceFor(HeadActivation activation, HeadLoss loss) => (activation, loss) switch
    {
        (HeadActivation.Softmax, HeadLoss.BinaryCrossEntropy) => "use sigmoid, or categorical cross-entropy",
        (HeadActivation.Sigmoid, HeadLoss.CategoricalCrossEntropy) => "use softmax, or binary cross-entropy",
        (_, HeadLoss.CategoricalCrossEntropy) => "use softmax",
        (_, HeadLoss.BinaryCrossEntropy) => "use sigmoid",
        (_, HeadLoss.Focal) => "use softmax, or sigmoid for several labels a row",
        (HeadActivation.Softmax, HeadLoss.SquaredHinge) => "use linear, or categorical cross-entropy",
        (_, HeadLoss.SquaredHinge) => "use linear or tanh",
        (_, HeadLoss.MeanSquaredLogarithmicError) => "its outputs must not be negative; use softplus, or mean squared error",
        _ => "its outputs must be above 0; use exponential or softplus",
    };
}

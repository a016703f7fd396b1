using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Computes −Σ t·ln(softmax), from the logits, so that no logarithm of 0 is taken.</summary>
internal sealed class SoftmaxCrossEntropy : RowLoss
{
    internal static readonly SoftmaxCrossEntropy Instance = new();

    internal override double Evaluate(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), gradient);
        float targetSum = TensorPrimitives.Sum(targets);
        double chosen = TensorPrimitives.Dot<float>(gradient, targets);

        // The largest output is e⁰ / Σ eˣ⁻ᵐᵃˣ: never 0, and it spares a second pass of exponentials.
        double logSum = -Math.Log(TensorPrimitives.Max(outputs));
        TensorPrimitives.Multiply(outputs, targetSum, gradient);
        TensorPrimitives.Subtract(gradient, targets, gradient);
        return targetSum * logSum - chosen;
    }
}

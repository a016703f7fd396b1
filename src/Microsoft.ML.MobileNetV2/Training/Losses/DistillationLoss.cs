using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>
/// Computes w·CE(y, softmax(z)) + (1 − w)·T²·CE(s, softmax(z / T)), with the label y, the teacher's scores s at temperature T and the logits z
/// (arXiv:1503.02531).
/// </summary>
/// <remarks>
/// Both targets enter linearly, so one takes the place of both: w·y + (1 − w)·T·s. With it the loss is w·LSE(z) + (1 − w)·T²·LSE(z / T) − Σ target·z.
/// </remarks>
/// <param name="temperature">T.</param>
/// <param name="labelWeight">w.</param>
internal sealed class DistillationLoss(double temperature, double labelWeight) : RowLoss
{
    private readonly float _softWeight = (float)((1 - labelWeight) * temperature);
    private readonly float _labelWeight = (float)labelWeight;

    /// <summary>Makes a label the target, together with the teacher's scores.</summary>
    /// <param name="label">The target of the label; receives the target of the loss.</param>
    /// <param name="softScores">The scores of the teacher at the temperature.</param>
    internal void Mix(Span<float> label, ReadOnlySpan<float> softScores)
    {
        TensorPrimitives.Multiply(label, _labelWeight, label);
        TensorPrimitives.MultiplyAdd(softScores, _softWeight, label, label);
    }

    internal override double Evaluate(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        TensorPrimitives.Divide(logits, (float)temperature, gradient);
        double loss = labelWeight * LogSumExp.Of(logits) + (1 - labelWeight) * temperature * temperature * LogSumExp.Of(gradient);
        StableSoftmax.Compute(gradient, gradient);
        TensorPrimitives.Multiply(gradient, _softWeight, gradient);
        TensorPrimitives.MultiplyAdd(outputs, _labelWeight, gradient, gradient);
        TensorPrimitives.Subtract(gradient, targets, gradient);
        return loss - TensorPrimitives.Dot(targets, logits);
    }
}

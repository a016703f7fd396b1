using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Computes a loss that is the mean of a function of each output.</summary>
internal sealed class ElementLoss(ElementFunction function, ActivationFunction activation) : RowLoss
{
    internal override double Evaluate(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double loss = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            loss += function.Loss(outputs[i], targets[i]);
            gradient[i] = (float)(function.Derivative(outputs[i], targets[i]) / outputs.Length);
        }

        activation.Backward(logits, outputs, gradient, outputs.Length);
        return loss / outputs.Length;
    }
}

using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Clips at 0 and at a largest value: ReLU and ReLU6.</summary>
internal sealed class ClippedActivation(float max) : ActivationFunction
{
    internal static readonly ClippedActivation Relu = new(float.PositiveInfinity);
    internal static readonly ClippedActivation Relu6 = new(6);

    internal override void Apply(ReadOnlySpan<float> logits, Span<float> outputs, int columns)
    {
        TensorPrimitives.Max(logits, 0f, outputs);
        TensorPrimitives.Min(outputs[..logits.Length], max, outputs);
    }

    internal override void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, Span<float> gradient, int columns)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = logits[i] > 0 && logits[i] < max ? gradient[i] : 0;
        }
    }

    internal override float Invert(float output)
    {
        // At 0 or at the largest value nothing would ever be learned.
        const float Margin = 0.1f;
        return Math.Clamp(output, Margin, max - Margin);
    }
}

using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Computes 1 / (1 + e⁻ˣ).</summary>
internal sealed class SigmoidActivation : ActivationFunction
{
    internal static readonly SigmoidActivation Instance = new();

    internal override void Apply(ReadOnlySpan<float> logits, Span<float> outputs, int columns) => TensorPrimitives.Sigmoid(logits, outputs);

    internal override void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, Span<float> gradient, int columns)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= outputs[i] * (1 - outputs[i]);
        }
    }

    internal override float Invert(float output)
    {
        const float Margin = 0.01f;
        float share = Math.Clamp(output, Margin, 1 - Margin);
        return MathF.Log(share / (1 - share));
    }
}

using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Computes the hyperbolic tangent.</summary>
internal sealed class TanhActivation : ActivationFunction
{
    internal static readonly TanhActivation Instance = new();

    internal override void Apply(ReadOnlySpan<float> logits, Span<float> outputs, int columns) => TensorPrimitives.Tanh(logits, outputs);

    internal override void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, Span<float> gradient, int columns)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= 1 - outputs[i] * outputs[i];
        }
    }

    internal override float Invert(float output)
    {
        const float Largest = 0.99f;
        return MathF.Atanh(Math.Clamp(output, -Largest, Largest));
    }
}

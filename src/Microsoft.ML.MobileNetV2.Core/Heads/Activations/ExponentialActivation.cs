using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Computes eˣ.</summary>
internal sealed class ExponentialActivation : ActivationFunction
{
    internal static readonly ExponentialActivation Instance = new();

    internal override void Apply(ReadOnlySpan<float> logits, Span<float> outputs, int columns) => TensorPrimitives.Exp(logits, outputs);

    internal override void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, Span<float> gradient, int columns) =>
        TensorPrimitives.Multiply(gradient, outputs[..gradient.Length], gradient);

    internal override float Invert(float output)
    {
        const float Smallest = 1e-3f;
        return MathF.Log(Math.Max(output, Smallest));
    }
}

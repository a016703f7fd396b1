using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Computes probabilities over the outputs of a row.</summary>
internal sealed class SoftmaxActivation : ActivationFunction
{
    internal static readonly SoftmaxActivation Instance = new();

    internal override void Apply(ReadOnlySpan<float> logits, Span<float> outputs, int columns)
    {
        for (int start = 0; start < logits.Length; start += columns)
        {
            ReadOnlySpan<float> from = logits.Slice(start, columns);
            Span<float> to = outputs.Slice(start, columns);

            // Without the largest logit taken away, e^89 would overflow.
            TensorPrimitives.Subtract(from, TensorPrimitives.Max(from), to);
            TensorPrimitives.Exp(to, to);
            TensorPrimitives.Multiply(to, 1 / TensorPrimitives.Sum<float>(to), to);
        }
    }

    internal override void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, Span<float> gradient, int columns)
    {
        for (int start = 0; start < gradient.Length; start += columns)
        {
            ReadOnlySpan<float> output = outputs.Slice(start, columns);
            Span<float> row = gradient.Slice(start, columns);
            float mean = TensorPrimitives.Dot(row, output);
            TensorPrimitives.Subtract(row, mean, row);
            TensorPrimitives.Multiply(row, output, row);
        }
    }

    internal override float Invert(float output) => 0;
}

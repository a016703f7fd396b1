using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Computes the products of a dense layer.</summary>
internal static class DenseMath
{
    /// <summary>Computes weighted sums: inputs (rows, in) times weights (out, in) transposed, plus bias.</summary>
    internal static void Forward(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> sums, int rows)
    {
        int units = bias.Length;
        for (int row = 0; row < rows; row++)
        {
            bias.CopyTo(sums.Slice(row * units, units));
        }

        int depth = weights.Length / units;
        MatrixProduct.Multiply(
            new(inputs, rows, depth), new ReadOnlyMatrix(weights, units, depth).Transposed, new(sums, rows, units), accumulate: true);
    }

    /// <summary>Computes the gradient by weights and bias from the one by the weighted sums.</summary>
    internal static void BackwardWeights(
        ReadOnlySpan<float> sumsGradient, ReadOnlySpan<float> inputs, Span<float> weightsGradient, Span<float> biasGradient, int rows)
    {
        int units = biasGradient.Length;
        int depth = weightsGradient.Length / units;
        MatrixProduct.Multiply(
            new ReadOnlyMatrix(sumsGradient, rows, units).Transposed, new(inputs, rows, depth), new(weightsGradient, units, depth));
        biasGradient.Clear();
        for (int row = 0; row < rows; row++)
        {
            TensorPrimitives.Add(biasGradient, sumsGradient.Slice(row * units, units), biasGradient);
        }
    }

    /// <summary>Computes the gradient by the inputs from the one by the weighted sums.</summary>
    internal static void BackwardInputs(
        ReadOnlySpan<float> sumsGradient, ReadOnlySpan<float> weights, Span<float> inputsGradient, int rows, int units)
    {
        int depth = weights.Length / units;
        MatrixProduct.Multiply(new(sumsGradient, rows, units), new(weights, units, depth), new(inputsGradient, rows, depth));
    }
}

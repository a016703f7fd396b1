namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Transposes tensors to PyTorch's order of dimensions.</summary>
internal static class TensorTransposition
{
    /// <summary>Returns the tensor in PyTorch's order; null where its shape is not that of <paramref name="layout"/>.</summary>
    internal static WeightTensor? ToTorch(WeightTensor tensor, TensorLayout layout) => (layout, tensor.Shape) switch
    {
        (TensorLayout.Torch, _) => tensor,
        (TensorLayout.TensorFlowConv, [int height, int width, int inputs, int outputs]) =>
            new([outputs, inputs, height, width], SwapInner(Transpose(tensor.Values, height * width * inputs, outputs), outputs, height * width, inputs)),
        (TensorLayout.TensorFlowDepthwise, [int height, int width, int channels, 1]) =>
            new([channels, 1, height, width], Transpose(tensor.Values, height * width, channels)),
        (TensorLayout.TensorFlowDense, [int inputs, int outputs]) => new([outputs, inputs], Transpose(tensor.Values, inputs, outputs)),
        (TensorLayout.TensorFlowDense, [1, 1, int inputs, int outputs]) => new([outputs, inputs], Transpose(tensor.Values, inputs, outputs)),
        _ => null,
    };

    /// <summary>Returns (rows, columns) as (columns, rows).</summary>
    private static float[] Transpose(ReadOnlySpan<float> values, int rows, int columns)
    {
        float[] transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }

        return transposed;
    }

    /// <summary>Returns (count, rows, columns) as (count, columns, rows).</summary>
    private static float[] SwapInner(float[] values, int count, int rows, int columns)
    {
        float[] swapped = new float[values.Length];
        for (int i = 0; i < count; i++)
        {
            int start = i * rows * columns;
            Transpose(values.AsSpan(start, rows * columns), rows, columns).CopyTo(swapped, start);
        }

        return swapped;
    }
}

using System.Buffers;
using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Multiplies a few rows by a matrix: packing the matrix would cost more than reading it once.</summary>
internal static unsafe class RowProduct
{
    internal const int MaxRows = 3;

    internal static void Multiply(in ProductPass pass)
    {
        float[] row = ArrayPool<float>.Shared.Rent(pass.Depth);
        Span<float> left = row.AsSpan(0, pass.Depth);
        pass.ClearUnlessAdded();
        for (int i = 0; i < pass.Rows; i++)
        {
            for (int step = 0; step < pass.Depth; step++)
            {
                left[step] = pass.A[i * pass.ARowStride + step * pass.AColumnStride];
            }

            Span<float> sums = new(pass.C + i * pass.CRowStride, pass.Columns);
            if (pass.BColumnStride == 1)
            {
                AddScaledRows(left, pass, sums);
            }
            else
            {
                AddDotProducts(left, pass, sums);
            }
        }

        ArrayPool<float>.Shared.Return(row);
    }

    private static void AddScaledRows(ReadOnlySpan<float> left, in ProductPass pass, Span<float> sums)
    {
        for (int step = 0; step < left.Length; step++)
        {
            ReadOnlySpan<float> right = new(pass.B + step * pass.BRowStride, sums.Length);
            TensorPrimitives.MultiplyAdd(right, left[step], sums, sums);
        }
    }

    private static void AddDotProducts(ReadOnlySpan<float> left, in ProductPass pass, Span<float> sums)
    {
        for (int column = 0; column < sums.Length; column++)
        {
            sums[column] += TensorPrimitives.Dot(left, new ReadOnlySpan<float>(pass.B + column * pass.BColumnStride, left.Length));
        }
    }
}

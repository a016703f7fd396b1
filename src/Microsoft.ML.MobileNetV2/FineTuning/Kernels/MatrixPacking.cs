using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Copies columns of a matrix into a panel: for each row of the matrix, the columns of the panel.</summary>
internal static unsafe class MatrixPacking
{
    /// <summary>Numbers in a side of the squares in which a matrix is transposed: columns alone would touch a page for each number.</summary>
    private const int SquareSide = 16;

    internal static void Pack<TSimd, TVector>(float* packed, VectorPanel panel, int depth, float* source, nint stride, float* scale)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint first = (nint)panel.FirstVector * TSimd.Count;
        for (int row = 0; row < depth; row++)
        {
            float* from = source + row * stride + first;
            for (int vector = 0; vector < panel.VectorCount; vector++, packed += TSimd.Count)
            {
                TVector value = TSimd.Load(from + vector * TSimd.Count);
                TSimd.Store(scale is null ? value : TSimd.Multiply(value, TSimd.Load(scale + first + vector * TSimd.Count)), packed);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void PackTransposed(float* packed, int first, int width, int depth, float* source, int columns, nint stride, float* scale)
    {
        int used = Math.Clamp(columns - first, 0, width);
        source += first * stride;
        for (int row = 0; row < depth; row += SquareSide)
        {
            for (int column = 0; column < width; column += SquareSide)
            {
                int columnEnd = Math.Min(width, column + SquareSide);
                PackSquare(packed, width, source, stride, scale, (row, Math.Min(depth, row + SquareSide)), (column, Math.Clamp(used, column, columnEnd), columnEnd));
            }
        }
    }

    private static void PackSquare(
        float* packed, int width, float* source, nint stride, float* scale, (int Start, int End) rows, (int Start, int UsedEnd, int End) columns)
    {
        for (int row = rows.Start; row < rows.End; row++)
        {
            float factor = scale is null ? 1 : scale[row];
            float* to = packed + (nint)row * width;
            for (int column = columns.Start; column < columns.UsedEnd; column++)
            {
                to[column] = source[column * stride + row] * factor;
            }

            for (int column = columns.UsedEnd; column < columns.End; column++)
            {
                to[column] = 0;
            }
        }
    }
}

using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.DataQuality;

/// <summary>Finds similar rows of two tables, or of one, a block of products at a time.</summary>
/// <param name="first">Rows of length 1.</param>
/// <param name="second">Rows of length 1; the same table to compare it with itself.</param>
/// <param name="minSimilarity">The smallest product of two rows that counts.</param>
internal sealed class SimilarityScan(FeatureTable first, FeatureTable second, float minSimilarity)
{
    /// <summary>What the product of a normalized vector with itself may lack to 1.</summary>
    private const float Rounding = 1e-6f;

    private const int BlockSize = 512;

    /// <summary>Hands over each pair; of one table, each only once and none of a row with itself.</summary>
    internal void Run(Action<int, int, float> found, CancellationToken cancellationToken)
    {
        float[] products = new float[BlockSize * BlockSize];
        for (int top = 0; top < first.RowCount; top += BlockSize)
        {
            for (int left = first == second ? top : 0; left < second.RowCount; left += BlockSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int rows = Math.Min(BlockSize, first.RowCount - top);
                int columns = Math.Min(BlockSize, second.RowCount - left);
                MatrixProduct.Multiply(first.Rows(top, rows), second.Rows(left, columns).Transposed, new(products, rows, columns));
                Report(products.AsSpan(0, rows * columns), columns, top, left, found);
            }
        }
    }

    private void Report(ReadOnlySpan<float> products, int columns, int top, int left, Action<int, int, float> found)
    {
        for (int i = 0; i < products.Length; i++)
        {
            (int row, int column) = (top + (i / columns), left + (i % columns));
            if (products[i] + Rounding >= minSimilarity && (first != second || row < column))
            {
                // Rounding may lead past 1.
                found(row, column, Math.Min(products[i], 1));
            }
        }
    }
}

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Multiplies matrices of float32: blocked, packed, vectorized and on all cores.</summary>
/// <remarks>
/// Safe to use from several threads. The sum for each number of C runs in an order that depends on the depth alone, so results repeat bit
/// for bit on one machine, whatever the number of threads. Once warm, a call allocates nothing.
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>Below this number of multiply-adds, waking another thread costs more than it saves.</summary>
    private const long MultiplyAddsWorthAThread = 1_000_000;

    /// <summary>Most numbers in the packed copies of A and B of one pass: 16 MiB.</summary>
    private const long MaxPackedCount = 4 * 1024 * 1024;

    /// <summary>Computes C = A·B, or C += A·B.</summary>
    /// <param name="a">Shape (rows, depth).</param>
    /// <param name="b">Shape (depth, columns).</param>
    /// <param name="c">Shape (rows, columns); must not overlap A or B.</param>
    /// <param name="accumulate">Whether the product is added to what is in C.</param>
    /// <param name="maxThreads">Most threads to use; 0 means one for each core.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    internal static void Multiply(ReadOnlyMatrix a, ReadOnlyMatrix b, Matrix c, bool accumulate = false, int maxThreads = 0)
    {
        if (a.Columns != b.Rows || a.Rows != c.Rows || b.Columns != c.Columns)
        {
            throw new ArgumentException(
                $"({a.Rows}, {a.Columns}) times ({b.Rows}, {b.Columns}) does not give ({c.Rows}, {c.Columns}).", nameof(c));
        }

        if (c.Rows == 0 || c.Columns == 0)
        {
            return;
        }

        fixed (float* aStart = a.Values, bStart = b.Values, cStart = c.Values)
        {
            MultiplyPass(
                new()
                {
                    A = aStart,
                    B = bStart,
                    C = cStart,
                    Rows = c.Rows,
                    Columns = c.Columns,
                    Depth = a.Columns,
                    ARowStride = a.RowStride,
                    AColumnStride = a.ColumnStride,
                    BRowStride = b.RowStride,
                    BColumnStride = b.ColumnStride,
                    CRowStride = c.RowStride,
                    IsAdded = accumulate,
                },
                maxThreads > 0 ? maxThreads : Environment.ProcessorCount);
        }
    }

    private static void MultiplyPass(ProductPass pass, int maxThreads)
    {
        if (pass.Depth == 0)
        {
            pass.ClearUnlessAdded();
        }
        else if (pass.Rows <= RowProduct.MaxRows)
        {
            RowProduct.Multiply(pass);
        }
        else if (pass.PackedCount <= MaxPackedCount)
        {
            long worth = pass.MultiplyAdds / MultiplyAddsWorthAThread;
            ProductJob.Multiply(pass, (int)Math.Clamp(worth, 1, maxThreads));
        }
        else
        {
            (ProductPass first, ProductPass second) = pass.Split();
            MultiplyPass(first, maxThreads);
            MultiplyPass(second, maxThreads);
        }
    }
}

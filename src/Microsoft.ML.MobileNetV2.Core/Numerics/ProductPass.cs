namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Represents one product to compute: the addresses and sizes of the three matrices.</summary>
internal readonly unsafe struct ProductPass
{
    /// <summary>Steps of depth that are summed in registers before C is touched: a panel of B then stays in the first cache.</summary>
    internal const int DepthBlock = 256;

    private const int ColumnBlock = 64;

    internal float* A { get; init; }

    internal float* B { get; init; }

    internal float* C { get; init; }

    internal int Rows { get; init; }

    internal int Columns { get; init; }

    internal int Depth { get; init; }

    internal nint ARowStride { get; init; }

    internal nint AColumnStride { get; init; }

    internal nint BRowStride { get; init; }

    internal nint BColumnStride { get; init; }

    internal nint CRowStride { get; init; }

    internal bool IsAdded { get; init; }

    internal long MultiplyAdds => (long)Rows * Columns * Depth;

    internal long PackedCount => ((long)Rows + Columns) * Depth;

    /// <summary>Halves the longest side, between blocks, so that no sum changes its order.</summary>
    internal (ProductPass First, ProductPass Second) Split()
    {
        if (Depth > DepthBlock && Depth >= Math.Max(Rows, Columns))
        {
            int depth = Half(Depth, DepthBlock);
            return (
                this with { Depth = depth },
                this with { A = A + depth * AColumnStride, B = B + depth * BRowStride, Depth = Depth - depth, IsAdded = true });
        }

        if (Rows >= Columns)
        {
            int rows = Half(Rows, ProductKernel.Rows);
            return (this with { Rows = rows }, this with { A = A + rows * ARowStride, C = C + rows * CRowStride, Rows = Rows - rows });
        }

        int columns = Half(Columns, ColumnBlock);
        return (this with { Columns = columns }, this with { B = B + columns * BColumnStride, C = C + columns, Columns = Columns - columns });
    }

    internal void ClearUnlessAdded()
    {
        for (int row = 0; row < Rows && !IsAdded; row++)
        {
            new Span<float>(C + row * CRowStride, Columns).Clear();
        }
    }

    private static int Half(int length, int block) => (length / 2 + block - 1) / block * block;
}

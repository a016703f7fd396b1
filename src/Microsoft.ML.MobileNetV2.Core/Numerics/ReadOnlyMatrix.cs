namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Represents a read-only view of caller-owned memory as a matrix, stored row by row or transposed.</summary>
internal readonly ref struct ReadOnlyMatrix
{
    /// <summary>Initializes a view; element (row, column) is <c>values[row × rowStride + column]</c>.</summary>
    internal ReadOnlyMatrix(ReadOnlySpan<float> values, int rows, int columns, int rowStride)
        : this(values, rows, columns, rowStride, 1)
    {
        if (rowStride < columns)
        {
            throw new ArgumentOutOfRangeException(nameof(rowStride), rowStride, $"The rows are {columns} long.");
        }
    }

    internal ReadOnlyMatrix(ReadOnlySpan<float> values, int rows, int columns)
        : this(values, rows, columns, columns)
    {
    }

    private ReadOnlyMatrix(ReadOnlySpan<float> values, int rows, int columns, int rowStride, int columnStride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
        long needed = rows == 0 || columns == 0 ? 0 : (rows - 1L) * rowStride + (columns - 1L) * columnStride + 1;
        if (values.Length < needed)
        {
            throw new ArgumentException($"A matrix of ({rows}, {columns}) needs {needed} numbers; there are {values.Length}.", nameof(values));
        }
    }

    internal ReadOnlySpan<float> Values { get; }

    internal int Rows { get; }

    internal int Columns { get; }

    internal int RowStride { get; }

    internal int ColumnStride { get; }

    internal ReadOnlyMatrix Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);
}

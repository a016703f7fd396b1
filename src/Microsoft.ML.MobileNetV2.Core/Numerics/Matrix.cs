namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Represents a writable view of caller-owned memory as a matrix, stored row by row.</summary>
internal readonly ref struct Matrix
{
    /// <summary>Initializes a view; element (row, column) is <c>values[row × rowStride + column]</c>.</summary>
    internal Matrix(Span<float> values, int rows, int columns, int rowStride)
    {
        ReadOnlyMatrix checkedView = new(values, rows, columns, rowStride);
        Values = values;
        Rows = checkedView.Rows;
        Columns = checkedView.Columns;
        RowStride = checkedView.RowStride;
    }

    internal Matrix(Span<float> values, int rows, int columns)
        : this(values, rows, columns, columns)
    {
    }

    internal Span<float> Values { get; }

    internal int Rows { get; }

    internal int Columns { get; }

    internal int RowStride { get; }
}

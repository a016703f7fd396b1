using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Is a matrix product with random operands, and its result in float64.</summary>
internal sealed class ProductCase
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _depth;
    private readonly bool _isATransposed;
    private readonly bool _isBTransposed;
    private readonly float[] _a;
    private readonly float[] _b;

    internal ProductCase(int rows, int columns, int depth, bool isATransposed, bool isBTransposed)
    {
        (_rows, _columns, _depth, _isATransposed, _isBTransposed) = (rows, columns, depth, isATransposed, isBTransposed);
        Random random = new(rows * 31 + columns * 17 + depth);
        _a = [.. Enumerable.Range(0, rows * depth).Select(_ => random.NextSingle() - 0.5f)];
        _b = [.. Enumerable.Range(0, columns * depth).Select(_ => random.NextSingle() - 0.5f)];
    }

    internal ReadOnlyMatrix A => _isATransposed ? new ReadOnlyMatrix(_a, _depth, _rows).Transposed : new(_a, _rows, _depth);

    internal ReadOnlyMatrix B => _isBTransposed ? new ReadOnlyMatrix(_b, _columns, _depth).Transposed : new(_b, _depth, _columns);

    /// <summary>Compares with float64; errors count relative to the sum of the products' sizes.</summary>
    internal void AssertEqual(float[] actual, double tolerance)
    {
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                (double sum, double size) = Compute(row, column);
                double error = Math.Abs(actual[row * _columns + column] - sum);
                if (!(error <= tolerance * Math.Max(1, size)))
                {
                    Assert.Fail($"({_rows}, {_columns}, {_depth}), A' {_isATransposed}, B' {_isBTransposed}: ({row}, {column}) is off by {error}");
                }
            }
        }
    }

    private (double Sum, double Size) Compute(int row, int column)
    {
        double sum = 0;
        double size = 0;
        for (int step = 0; step < _depth; step++)
        {
            double product = (double)(_isATransposed ? _a[step * _rows + row] : _a[row * _depth + step])
                * (_isBTransposed ? _b[column * _depth + step] : _b[step * _columns + column]);
            sum += product;
            size += Math.Abs(product);
        }

        return (sum, size);
    }
}

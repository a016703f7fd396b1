using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Explanation;

/// <summary>Represents where the positions of a map lie along one axis of an image.</summary>
internal sealed class MapAxis
{
    private const int Taps = 4;

    private readonly int[] _starts;
    private readonly bool[] _isSeen;
    private readonly float[] _weights;
    private readonly int _positions;

    /// <param name="placement">How the axis of the image lands in the network's square.</param>
    /// <param name="squareSize">The length of the square.</param>
    /// <param name="length">The pixels of the axis where the map is drawn.</param>
    /// <param name="positions">The positions of the map.</param>
    internal MapAxis(AxisPlacement placement, int squareSize, int length, int positions)
    {
        Length = length;
        _positions = positions;
        _starts = new int[length];
        _isSeen = new bool[length];
        _weights = new float[length * Taps];
        for (int pixel = 0; pixel < length; pixel++)
        {
            double inSquare = ((pixel + 0.5) / length * placement.ScaledLength) - placement.First + placement.Offset;
            _isSeen[pixel] = inSquare >= placement.Offset && inSquare <= placement.Offset + placement.Count;
            Locate(pixel, (inSquare / squareSize * positions) - 0.5);
        }
    }

    internal int Length { get; }

    /// <summary>Returns whether a pixel is part of what the network sees.</summary>
    internal bool IsSeen(int pixel) => _isSeen[pixel];

    /// <summary>Enlarges a map to the pixels of both axes.</summary>
    internal static float[] Enlarge(ReadOnlySpan<float> map, MapAxis columns, MapAxis rows)
    {
        float[] wide = new float[rows._positions * columns.Length];
        for (int row = 0; row < rows._positions; row++)
        {
            for (int x = 0; x < columns.Length; x++)
            {
                wide[(row * columns.Length) + x] = columns.Interpolate(map.Slice(row * columns._positions, columns._positions), 0, 1, x);
            }
        }

        float[] values = new float[rows.Length * columns.Length];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < columns.Length; x++)
            {
                values[(y * columns.Length) + x] = rows.Interpolate(wide, x, columns.Length, y);
            }
        }

        return values;
    }

    private float Interpolate(ReadOnlySpan<float> values, int offset, int stride, int pixel)
    {
        float sum = 0;
        for (int tap = 0; tap < Taps; tap++)
        {
            int position = Math.Clamp(_starts[pixel] + tap, 0, _positions - 1);
            sum += _weights[(pixel * Taps) + tap] * values[offset + (position * stride)];
        }

        return sum;
    }

    /// <summary>Stores the weights of the cubic of Catmull and Rom: smooth, and the value itself at the center of each position.</summary>
    private void Locate(int pixel, double position)
    {
        double floor = Math.Floor(position);
        double t = position - floor;
        double s = 1 - t;
        _starts[pixel] = (int)Math.Clamp(floor - 1, -Taps, _positions + Taps);
        double[] weights = [-t * s * s / 2, 1 + (t * t * ((3 * t) - 5) / 2), 1 + (s * s * ((3 * s) - 5) / 2), -s * t * t / 2];
        for (int tap = 0; tap < Taps; tap++)
        {
            _weights[(pixel * Taps) + tap] = (float)weights[tap];
        }
    }
}

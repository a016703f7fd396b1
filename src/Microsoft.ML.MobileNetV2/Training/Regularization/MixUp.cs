using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Replaces the rows of a batch by mixtures of two of them (arXiv:1710.09412), one ratio for each batch.</summary>
internal sealed class MixUp(float alpha, int seed, int maxRows, int featureCount)
{
    private readonly Random _random = new(seed ^ 0x4D69_7855);
    private readonly int[] _partners = new int[maxRows];
    private readonly float[] _copy = new float[maxRows * featureCount];

    internal void Apply(float[] features, float[] targets, float[] weights, int rows)
    {
        float ratio = (float)BetaDistribution.Sample(_random, alpha);
        for (int i = 0; i < rows; i++)
        {
            _partners[i] = i;
        }

        _random.Shuffle(_partners.AsSpan(0, rows));
        Mix(features, featureCount, ratio, rows);
        Mix(targets, targets.Length / maxRows, ratio, rows);
        Mix(weights, 1, ratio, rows);
    }

    private void Mix(float[] values, int columns, float ratio, int rows)
    {
        float[] originals = columns <= featureCount ? _copy : new float[rows * columns];
        values.AsSpan(0, rows * columns).CopyTo(originals);
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = values.AsSpan(i * columns, columns);
            ReadOnlySpan<float> partner = originals.AsSpan(_partners[i] * columns, columns);
            TensorPrimitives.Multiply(row, ratio, row);
            TensorPrimitives.MultiplyAdd(partner, 1 - ratio, row, row);
        }
    }
}

using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>
/// Makes features that resemble pooled ones of MobileNetV2: from 0 to 6, about 40 % zeros, a mean near 0.4, of unlike deviations, and
/// correlated, since all of them stem from 128 hidden causes of falling strength.
/// </summary>
/// <remarks>
/// A class is a point among the hidden causes, ten classes share a neighborhood, and rows scatter so widely around their class that the best
/// linear classifiers are right on some 85 %; besides, 3 % of all labels are drawn at random. So the best validation loss is far above 0, and
/// a head that only learns its training rows by heart is punished.
/// </remarks>
internal sealed class FeatureGenerator
{
    private const int CauseCount = 128;
    private const int ClassesPerGroup = 10;
    private const double ClassSpread = 0.5;
    private const double Noise = 0.5;
    private const double RandomLabelShare = 0.03;
    private const float MaxFeature = 6;

    private readonly int _featureCount;
    private readonly int _classCount;
    private readonly float[] _strengths;
    private readonly float[] _loadings;
    private readonly float[] _gains;
    private readonly float[] _thresholds;
    private readonly float[] _centers;

    internal FeatureGenerator(int featureCount, int classCount)
    {
        _featureCount = featureCount;
        _classCount = classCount;
        Random random = new(1);
        double norm = Math.Sqrt(Enumerable.Range(1, CauseCount).Sum(cause => 1.0 / cause));
        _strengths = [.. Enumerable.Range(1, CauseCount).Select(cause => (float)(1 / Math.Sqrt(cause) / norm))];
        _loadings = Draw(random, featureCount * CauseCount, 0, 1);
        _gains = [.. Draw(random, featureCount, 0, 0.5).Select(exponent => 0.45f * MathF.Exp(exponent))];
        _thresholds = Draw(random, featureCount, -0.3, 0.8);
        _centers = DrawCenters(random, classCount);
    }

    /// <summary>Makes rows; each <paramref name="part"/> has its own.</summary>
    internal HeadRows Create(int rowCount, int part)
    {
        float[] features = new float[rowCount * _featureCount];
        int[] classes = new int[rowCount];
        Parallel.For(0, rowCount, row =>
        {
            Random random = new(part * 1_000_003 + row);
            int origin = row % _classCount;
            classes[row] = random.NextDouble() < RandomLabelShare ? random.Next(_classCount) : origin;
            Fill(features.AsSpan(row * _featureCount, _featureCount), DrawCauses(origin, random), random);
        });
        return new(features, classes, _featureCount, _classCount);
    }

    private static float[] DrawCenters(Random random, int classCount)
    {
        float[] groups = Draw(random, (classCount / ClassesPerGroup + 1) * CauseCount, 0, Math.Sqrt(0.5) * ClassSpread);
        float[] centers = Draw(random, classCount * CauseCount, 0, Math.Sqrt(0.5) * ClassSpread);
        for (int i = 0; i < centers.Length; i++)
        {
            centers[i] += groups[i / CauseCount / ClassesPerGroup * CauseCount + i % CauseCount];
        }

        return centers;
    }

    private static float[] Draw(Random random, int count, double mean, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(mean + deviation * NextNormal(random)))];

    private static double NextNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private float[] DrawCauses(int origin, Random random)
    {
        float[] causes = Draw(random, CauseCount, 0, 1);
        TensorPrimitives.Add(causes, _centers.AsSpan(origin * CauseCount, CauseCount), causes);
        TensorPrimitives.Multiply(causes, _strengths, causes);
        return causes;
    }

    private void Fill(Span<float> features, float[] causes, Random random)
    {
        for (int i = 0; i < features.Length; i++)
        {
            float sum = TensorPrimitives.Dot<float>(causes, _loadings.AsSpan(i * CauseCount, CauseCount));
            double excess = sum + Noise * NextNormal(random) - _thresholds[i];
            features[i] = Math.Clamp(_gains[i] * (float)excess, 0, MaxFeature);
        }
    }
}

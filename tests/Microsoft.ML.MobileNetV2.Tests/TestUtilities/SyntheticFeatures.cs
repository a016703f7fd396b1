using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes features like those of the backbone: not negative, and near a center of their class.</summary>
internal static class SyntheticFeatures
{
    internal const int FeatureCount = 24;

    /// <summary>Makes rows whose classes follow each other; the same <paramref name="classCount"/> gives the same centers.</summary>
    internal static HeadDataset Classes(int rowCount, int classCount, int seed = 1, double noise = 0.3, int featureCount = FeatureCount)
    {
        int[] classes = [.. Enumerable.Range(0, rowCount).Select(row => row % classCount)];
        return new(Rows(classes, classCount, seed, noise, featureCount), featureCount, HeadTargets.FromClasses(classes, classCount));
    }

    internal static float[] Rows(int[] classes, int classCount, int seed = 1, double noise = 0.3, int featureCount = FeatureCount)
    {
        Random centers = new(classCount);
        float[] center = [.. Enumerable.Range(0, classCount * featureCount).Select(_ => (float)(2 * centers.NextDouble()))];
        Random random = new(seed);
        return [.. classes.SelectMany(label => Enumerable.Range(0, featureCount)
            .Select(i => Math.Max(0, center[label * featureCount + i] + (float)(noise * (2 * random.NextDouble() - 1)))))];
    }
}

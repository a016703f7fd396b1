using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.Training.Regularization;

[TestClass]
public sealed class MixUpTests
{
    [TestMethod]
    public void Apply_MixesFeaturesTargetsAndWeightsOfTheSameRowsAlike()
    {
        const int Rows = 12;
        float[] features = new float[Rows * Rows];
        float[] targets = new float[Rows * Rows];
        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => (float)row)];
        for (int row = 0; row < Rows; row++)
        {
            features[row * Rows + row] = targets[row * Rows + row] = 1;
        }

        new MixUp(alpha: 1, seed: 3, maxRows: Rows, featureCount: Rows).Apply(features, targets, weights, Rows);

        // Each row now holds its ratio at its own place, and the rest at its partner's.
        Assert.AreSequenceEqual(features, targets);
        for (int row = 0; row < Rows; row++)
        {
            float[] mixture = features[(row * Rows)..((row + 1) * Rows)];
            Assert.AreEqual(1, mixture.Sum(), 1e-6);
            Assert.AreEqual(mixture.Select((share, source) => share * source).Sum(), weights[row], 1e-5);
        }

        Assert.IsTrue(Array.Exists(features, share => share is > 0.001f and < 0.999f));
    }

    [TestMethod]
    public void Apply_FewerRowsThanABatch_MixesOnlyThose()
    {
        float[] features = [1, 2, 99, 99];
        float[] targets = [1, 2, 99, 99];
        float[] weights = [1, 2, 99, 99];

        new MixUp(alpha: 1, seed: 3, maxRows: 4, featureCount: 1).Apply(features, targets, weights, 2);

        Assert.AreEqual(3, features[0] + features[1], 1e-6);
        Assert.AreSequenceEqual([99f, 99], features[2..]);
    }
}

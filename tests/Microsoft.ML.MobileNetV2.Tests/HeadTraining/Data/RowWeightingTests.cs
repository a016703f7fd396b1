using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Data;

[TestClass]
public sealed class RowWeightingTests
{
    private static readonly HeadTargets OneInFour = HeadTargets.FromClasses(new[] { 0, 0, 0, 1 }, 2);

    [TestMethod]
    public void Compute_Balanced_EveryClassCountsTheSame()
    {
        float[] weights = RowWeighting.Compute(new(new float[4], 1, OneInFour), new() { BalanceClasses = true });

        AssertClose([2f / 3, 2f / 3, 2f / 3, 2], weights);
    }

    [TestMethod]
    public void Compute_Given_KeepsRatiosAndMeanOne()
    {
        float[] weights = RowWeighting.Compute(new(new float[4], 1, OneInFour), new() { ClassWeights = [10, 50] });

        AssertClose([0.5f, 0.5f, 0.5f, 2.5f], weights);
    }

    [TestMethod]
    public void Compute_RowWeights_KeepsRatiosAndMeanOne()
    {
        float[] weights = RowWeighting.Compute(new(new float[4], 1, OneInFour, new[] { 0f, 3, 3, 6 }), new());

        AssertClose([0, 1, 1, 2], weights);
    }

    [TestMethod]
    public void Compute_BalancedLabels_UsesTheMeanOfARowsLabels()
    {
        HeadTargets targets = HeadTargets.FromLabels(new float[] { 1, 0, 1, 0, 1, 1, 0, 0 }, 2);

        float[] weights = RowWeighting.Compute(new(new float[4], 1, targets), new() { BalanceClasses = true });

        // Labels have weights 1/3 and 1; the row without labels gets the mean of both.
        AssertClose([2f / 3, 2f / 3, 4f / 3, 4f / 3], weights);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-6);
        }
    }
}

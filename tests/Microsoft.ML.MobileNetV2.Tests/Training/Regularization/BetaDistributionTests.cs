using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.Training.Regularization;

[TestClass]
public sealed class BetaDistributionTests
{
    [TestMethod]
    [DataRow(0.01)]
    [DataRow(0.2)]
    [DataRow(1.0)]
    [DataRow(5.0)]
    public void Sample_HasTheMomentsOfTheDistribution(double alpha)
    {
        Random random = new(4);

        double[] samples = [.. Enumerable.Range(0, 20_000).Select(_ => BetaDistribution.Sample(random, alpha))];

        Assert.IsTrue(Array.TrueForAll(samples, sample => sample is >= 0 and <= 1));
        Assert.AreEqual(0.5, samples.Average(), 0.015);
        Assert.AreEqual(1 / (4 * (2 * alpha + 1)), samples.Average(sample => (sample - 0.5) * (sample - 0.5)), 0.005);
    }
}

using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Tests.Numerics;

[TestClass]
public sealed class FastRandomTests
{
    [TestMethod]
    public void Next_IsSplitMix64()
    {
        FastRandom random = new(1234567);

        ulong[] actual = [random.Next(), random.Next(), random.Next()];

        // The published test vector of splitmix64.
        Assert.AreSequenceEqual([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], actual);
    }

    [TestMethod]
    public void NextShare_IsTheNextNumberOverTwoToThe64()
    {
        FastRandom random = new(1234567);

        double actual = random.NextDouble();

        Assert.AreEqual(6457827717110365317 / Math.Pow(2, 64), actual, 1e-15);
    }

    [TestMethod]
    public void NextShare_Many_LieEvenlyBelowOne()
    {
        FastRandom random = new(3);
        double[] shares = new double[100_000];

        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = random.NextDouble();
        }

        Assert.AreEqual(0.5, shares.Average(), 0.004, "four standard errors");
        Assert.IsInRange(0, 1e-4, shares.Min());
        Assert.IsInRange(1 - 1e-4, Math.BitDecrement(1), shares.Max());
    }

    [TestMethod]
    [DataRow(0.2f)]
    [DataRow(0.5f)]
    public void FillDropoutMask_DropsTheShareAndKeepsTheMean(float rate)
    {
        FastRandom random = new(3);
        float[] mask = new float[100_000];

        random.FillDropoutMask(mask, rate);

        Assert.AreEqual(rate, mask.Count(value => value == 0) / (double)mask.Length, 0.01);
        Assert.IsTrue(Array.TrueForAll(mask, value => value == 0 || value == 1 / (1 - rate)));
    }
}

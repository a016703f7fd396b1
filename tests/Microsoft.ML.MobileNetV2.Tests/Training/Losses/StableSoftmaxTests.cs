using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.Training.Losses;

[TestClass]
public sealed class StableSoftmaxTests
{
    [TestMethod]
    [DataRow(0f, 0f, 0.5f)]
    [DataRow(1000f, 0f, 1f)]
    [DataRow(-1000f, -1000f, 0.5f)]
    [DataRow(-1000f, 1000f, 0f)]
    public void Compute_LogitsOfAnySize_GivesProbabilities(float first, float second, float expected)
    {
        float[] actual = [first, second];

        StableSoftmax.Compute(actual, actual);

        Assert.AreSequenceEqual([expected, 1 - expected], actual);
    }
}

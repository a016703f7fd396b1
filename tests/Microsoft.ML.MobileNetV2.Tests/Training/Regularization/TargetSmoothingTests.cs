using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.Training.Regularization;

[TestClass]
public sealed class TargetSmoothingTests
{
    [TestMethod]
    [DataRow(HeadActivation.Softmax, new[] { 0.025f, 0.925f, 0.025f, 0.025f }, DisplayName = "over all classes")]
    [DataRow(HeadActivation.Sigmoid, new[] { 0.05f, 0.95f, 0.05f, 0.05f }, DisplayName = "between yes and no")]
    public void Apply_SpreadsTheShare(HeadActivation activation, float[] expected)
    {
        float[] target = [0, 1, 0, 0];

        new TargetSmoothing(0.1f, activation).Apply(target);

        for (int i = 0; i < target.Length; i++)
        {
            Assert.AreEqual(expected[i], target[i], 1e-6);
        }
    }
}

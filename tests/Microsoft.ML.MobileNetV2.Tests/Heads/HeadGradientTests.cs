using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Heads;

/// <summary>How a logit changes with the features.</summary>
[TestClass]
public sealed class HeadGradientTests
{
    private static readonly float[] Features = [0.3f, -0.7f, 1.1f];

    [TestMethod]
    public void OfLogit_OfOneLayer_IsItsWeights()
    {
        DenseHead head = new([new(3, 2, HeadActivation.Softmax, [1, 2, 3, 4, 5, 6], [7, 8])]);

        Assert.AreSequenceEqual([4f, 5f, 6f], HeadGradient.OfLogit(head, Features, 1));
    }

    [TestMethod]
    [DataRow(HeadActivation.Relu)]
    [DataRow(HeadActivation.Tanh)]
    [DataRow(HeadActivation.Swish)]
    [DataRow(HeadActivation.Linear)]
    public void OfLogit_WithHiddenLayers_IsTheDerivative(HeadActivation activation)
    {
        DenseHead head = new(
        [
            new(3, 4, activation, [0.5f, -0.4f, 0.3f, 0.2f, 0.7f, -0.6f, -0.9f, 0.1f, 0.8f, 0.4f, 0.4f, 0.4f], [0.1f, 0.2f, -0.3f, 0.05f]),
            new(4, 3, activation, [0.3f, -0.2f, 0.6f, 0.9f, 0.5f, 0.4f, -0.7f, 0.2f, 0.1f, 0.6f, 0.2f, -0.5f], [0.3f, 0.1f, 0.2f]),
            new(3, 2, HeadActivation.Softmax, [1, -0.5f, 0.25f, 0.75f, 0.5f, -1], [0, 0]),
        ]);

        float[] gradient = HeadGradient.OfLogit(head, Features, 1);

        for (int feature = 0; feature < Features.Length; feature++)
        {
            Assert.AreEqual(CentralDifference.Of(Features[feature], value => LogitWith(head, feature, value)), gradient[feature], 1e-4);
        }
    }

    private static float LogitWith(DenseHead head, int feature, float value)
    {
        float[] features = [.. Features];
        features[feature] = value;
        float[] logits = new float[2];
        head.GetLogits(features, logits);
        return logits[1];
    }
}

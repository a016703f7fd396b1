using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Heads;

[TestClass]
public sealed class DenseHeadTests
{
    private static readonly DenseHead Head = new(
    [
        new(2, 3, HeadActivation.Relu, [1, 0, 0, 1, -1, -1], [0, 0, 1]),
        new(3, 2, HeadActivation.Softmax, [1, 0, 0, 0, 1, 2], [0.5f, -0.5f]),
    ]);

    [TestMethod]
    public void GetLogits_ComputesTheLayersByHand()
    {
        float[] logits = new float[4];

        Head.GetLogits([2, 3, -1, 0.5f], logits);

        // Row 1: hidden (2, 3, 0); row 2: hidden (0, 0.5, 1.5).
        Assert.AreSequenceEqual([2.5f, 2.5f, 0.5f, 3f], logits);
    }

    [TestMethod]
    public void Predict_GivesProbabilities()
    {
        float[] scores = Head.Predict([-1, 0.5f]);

        Assert.AreEqual(1 / (1 + Math.Exp(2.5)), scores[0], 1e-6);
        Assert.AreEqual(1, scores.Sum(), 1e-6);
    }

    [TestMethod]
    public void Predict_ManyRows_EqualsRowByRow()
    {
        HeadDataset data = SyntheticFeatures.Classes(700, 5);
        DenseHead head = HeadRuns.Fit(new HeadTrainerOptions { Epochs = 2, Layers = [new() { Units = 33 }, new()] }, data).Head;

        float[] together = head.Predict(data.Features);

        for (int row = 0; row < data.RowCount; row += 13)
        {
            float[] alone = head.Predict(data.FeaturesOf(row));
            for (int i = 0; i < alone.Length; i++)
            {
                Assert.AreEqual(alone[i], together[row * 5 + i], 1e-5);
            }
        }
    }

    [TestMethod]
    public void Predict_FromManyThreads_GivesTheSame()
    {
        float[] features = [.. Enumerable.Range(0, 600).Select(i => i / 300f - 1)];
        float[] expected = Head.Predict(features);

        Parallel.For(0, 100, _ => Assert.AreSequenceEqual(expected, Head.Predict(features)));
    }

    [TestMethod]
    public void Predict_PartOfARow_SaysHowLongARowIs()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => Head.Predict([1, 2, 3]));

        Assert.StartsWith("3 features are not whole rows of 2.", exception.Message);
    }

    [TestMethod]
    public void Construction_LayersThatDoNotFit_NamesThem()
    {
        DenseLayer layer = new(2, 3, HeadActivation.Relu, new float[6], new float[3]);

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new DenseHead([layer, layer]));

        Assert.StartsWith("Layer 1 takes 2 inputs, but layer 0 gives 3.", exception.Message);
    }

    [TestMethod]
    public void Construction_NoLayers_Throws() => Assert.ThrowsExactly<ArgumentException>(() => new DenseHead([]));

    [TestMethod]
    public void ConstructionOfALayer_NotFiniteWeight_Throws()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => new DenseLayer(2, 1, HeadActivation.Linear, [1, float.NaN], [0]));

        Assert.StartsWith("Number 1 is NaN; expected finite numbers.", exception.Message);
    }

    [TestMethod]
    public void ConstructionOfALayer_CopiesItsNumbers()
    {
        float[] weights = [1, 2];
        DenseLayer layer = new(2, 1, HeadActivation.Linear, weights, [0]);

        weights[0] = 9;

        Assert.AreEqual(1, layer.Weights.Span[0]);
    }
}

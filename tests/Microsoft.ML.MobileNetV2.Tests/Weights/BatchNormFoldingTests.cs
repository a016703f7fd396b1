using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

[TestClass]
public sealed class BatchNormFoldingTests
{
    private static readonly ConvLayer Layer = new("conv", "norm", 1, 2, 1, 1, IsDepthwise: false, HasRelu6: true);

    [TestMethod]
    public void Fold_ScalesAndShiftsEachChannel()
    {
        Checkpoint checkpoint = Checkpoint(
            ("conv.weight", [2, 1, 1, 1], [3, 5]),
            ("norm.weight", [2], [4, 6]),
            ("norm.bias", [2], [1, -1]),
            ("norm.running_mean", [2], [0.5f, 2]),
            ("norm.running_var", [2], [3, 8]));

        ConvParameters folded = BatchNormFolding.Fold(Layer, checkpoint, epsilon: 1);

        Assert.AreSequenceEqual([6f, 10f], folded.Weight);
        Assert.AreSequenceEqual([0f, -5f], folded.Bias);
    }

    [TestMethod]
    public void Fold_FoldedConvolution_IsReturnedAsItIs()
    {
        Checkpoint checkpoint = Checkpoint(("conv.weight", [2, 1, 1, 1], [3, 5]), ("conv.bias", [2], [7, 9]));

        ConvParameters folded = BatchNormFolding.Fold(Layer, checkpoint, epsilon: 1);

        Assert.AreSequenceEqual([3f, 5f], folded.Weight);
        Assert.AreSequenceEqual([7f, 9f], folded.Bias);
    }

    [TestMethod]
    public void GetConv_OfFoldedWeights_EqualsThatOfUnfoldedOnes()
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f, PaddingConvention.Same);

        MobileNetV2Weights folded = SafetensorsBytes.Load(SafetensorsBytes.From(FoldedNetwork.Fold(weights)));

        foreach (ConvLayer layer in weights.Description.Architecture.ConvLayers)
        {
            Assert.AreSequenceEqual(weights.GetConv(layer).Weight, folded.GetConv(layer).Weight, layer.Name);
            Assert.AreSequenceEqual(weights.GetConv(layer).Bias, folded.GetConv(layer).Bias, layer.Name);
        }

        Assert.AreSequenceEqual(weights.GetClassifier().Weight, folded.GetClassifier().Weight);
    }

    private static Checkpoint Checkpoint(params (string Name, int[] Shape, float[] Values)[] tensors) => new(
        "x",
        tensors.ToDictionary(tensor => tensor.Name, tensor => new WeightTensor(tensor.Shape, tensor.Values)),
        new Dictionary<string, string>());
}

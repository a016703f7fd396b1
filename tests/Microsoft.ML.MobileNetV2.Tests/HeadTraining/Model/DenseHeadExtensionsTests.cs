using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Model;

[TestClass]
public sealed class DenseHeadExtensionsTests
{
    private static readonly DenseHead Head = new([new(2, 3, HeadActivation.Softmax, [1, 2, 3, 4, 5, 6], [7, 8, 9])]);

    [TestMethod]
    public void WithOutputs_KeepsMovesDrops_AndAddsTheMean()
    {
        DenseHead mapped = Head.WithOutputs([2, DenseHeadExtensions.NewOutput, 0]);

        Assert.AreSequenceEqual([5f, 6, 3, 4, 1, 2], mapped.Layers[0].Weights.ToArray());
        Assert.AreSequenceEqual([9f, 8, 7], mapped.Layers[0].Bias.ToArray());
    }

    [TestMethod]
    [DataRow(new int[0], "A head needs at least one output.")]
    [DataRow(new[] { 0, 3 }, "There is no output 3; the head has 3.")]
    [DataRow(new[] { 0, -2 }, "There is no output -2; the head has 3.")]
    [DataRow(new[] { 1, 1 }, "Output 1 is used twice.")]
    public void WithOutputs_WrongSources_SaysWhy(int[] sources, string message)
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => Head.WithOutputs(sources));

        Assert.StartsWith(message, exception.Message);
    }
}

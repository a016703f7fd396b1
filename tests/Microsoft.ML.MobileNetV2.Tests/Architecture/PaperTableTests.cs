using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Architecture;

/// <summary>Table 2 of arXiv:1801.04381, and the names that torchvision gives to the same layers.</summary>
[TestClass]
public sealed class PaperTableTests
{
    [TestMethod]
    public void GetLayers_GivesTheShapesOfTableTwo()
    {
        IReadOnlyList<LayerInfo> layers = new MobileNetV2Architecture().GetLayers(224, classCount: 1000);

        Assert.AreEqual(new(32, 112, 112), Output(layers, "features.0.0"));
        Assert.AreEqual(new(16, 112, 112), Output(layers, "features.1.conv.1"));
        Assert.AreEqual(new(24, 56, 56), Output(layers, "features.3.conv.2"));
        Assert.AreEqual(new(32, 28, 28), Output(layers, "features.6.conv.2"));
        Assert.AreEqual(new(64, 14, 14), Output(layers, "features.10.conv.2"));
        Assert.AreEqual(new(96, 14, 14), Output(layers, "features.13.conv.2"));
        Assert.AreEqual(new(160, 7, 7), Output(layers, "features.16.conv.2"));
        Assert.AreEqual(new(320, 7, 7), Output(layers, "features.17.conv.2"));
        Assert.AreEqual(new(1280, 7, 7), Output(layers, "features.18.0"));
        Assert.AreEqual(new(1280, 1, 1), Output(layers, "pool"));
        Assert.AreEqual(new(1000, 1, 1), Output(layers, "classifier.1"));
    }

    [TestMethod]
    public void GetLayers_ExpandsTheHiddenChannelsSixfoldButInTheFirstBlock()
    {
        MobileNetV2Architecture architecture = new();

        Assert.IsNull(architecture.Blocks[0].Expand);
        foreach (InvertedResidual block in architecture.Blocks.Skip(1))
        {
            Assert.AreEqual(6 * block.Expand!.InputChannels, block.Depthwise.OutputChannels, block.Name);
        }
    }

    [TestMethod]
    public void GetLayers_AddsShortcutsWhereNeitherSizeNorChannelsChange()
    {
        IReadOnlyList<LayerInfo> layers = new MobileNetV2Architecture().GetLayers();

        string[] shortcuts = [.. layers.Where(layer => layer.Kind == LayerKind.Shortcut).Select(layer => layer.Name)];

        Assert.AreSequenceEqual(
            ["features.3", "features.5", "features.6", "features.8", "features.9", "features.10", "features.12", "features.13", "features.15", "features.16"],
            shortcuts);
    }

    [TestMethod]
    public void ConvLayers_HaveTorchvisionsNames()
    {
        MobileNetV2Architecture architecture = new();

        string[] names = [.. architecture.ConvLayers.Select(layer => $"{layer.Name}|{layer.BatchNormName}")];

        Assert.HasCount(52, names);
        Assert.AreSequenceEqual(
            [
                "features.0.0|features.0.1",
                "features.1.conv.0.0|features.1.conv.0.1",
                "features.1.conv.1|features.1.conv.2",
                "features.2.conv.0.0|features.2.conv.0.1",
                "features.2.conv.1.0|features.2.conv.1.1",
                "features.2.conv.2|features.2.conv.3",
            ],
            names.Take(6));
        Assert.AreEqual("features.18.0|features.18.1", names[^1]);
    }

    [TestMethod]
    public void ConvLayers_AreLinearOnlyWhereTheyProject()
    {
        MobileNetV2Architecture architecture = new();

        IEnumerable<ConvLayer> linear = architecture.ConvLayers.Where(layer => !layer.HasRelu6);

        Assert.AreSequenceEqual(architecture.Blocks.Select(block => block.Project), linear);
    }

    private static (int Channels, int Height, int Width) Output(IReadOnlyList<LayerInfo> layers, string name) => layers.Single(layer => layer.Name == name).OutputShape;
}

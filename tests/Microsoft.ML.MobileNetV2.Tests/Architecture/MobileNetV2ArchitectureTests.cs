using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Tests.Architecture;

[TestClass]
public sealed class MobileNetV2ArchitectureTests
{
    [TestMethod]
    [DataRow(0.35f, 1280)]
    [DataRow(0.5f, 1280)]
    [DataRow(0.75f, 1280)]
    [DataRow(1.0f, 1280)]
    [DataRow(1.3f, 1664)]
    [DataRow(1.4f, 1792)]
    public void FeatureCount_GrowsOnlyAboveWidthOne(float widthMultiplier, int expected)
        => Assert.AreEqual(expected, new MobileNetV2Architecture(widthMultiplier).FeatureCount);

    [TestMethod]
    [DataRow(1.1f, 1.2f, new[] { 1, 3, 4, 5, 4, 4, 1 }, DisplayName = "timm's mobilenetv2_110d")]
    [DataRow(1.2f, 1.4f, new[] { 1, 3, 5, 6, 5, 5, 1 }, DisplayName = "timm's mobilenetv2_120d")]
    public void Constructor_DepthMultiplier_DeepensTheMiddleStagesOnly(float widthMultiplier, float depthMultiplier, int[] repeats)
    {
        MobileNetV2Architecture architecture = new(widthMultiplier, depthMultiplier);

        int[] outputs = [.. Stage.Table.Zip(repeats).SelectMany(
            pair => Enumerable.Repeat(ChannelCount.Scale(pair.First.Channels, widthMultiplier), pair.Second))];
        Assert.AreEqual(repeats.Sum(), architecture.BlockCount);
        Assert.AreSequenceEqual(outputs, architecture.Blocks.Select(block => block.Project.OutputChannels));
    }

    [TestMethod]
    public void Constructor_DepthMultiplier_KeepsStemAndLastConvolution()
    {
        MobileNetV2Architecture architecture = new(1.4f, 1.4f);

        Assert.AreEqual(32, architecture.ConvLayers.First().OutputChannels);
        Assert.AreEqual(1280, architecture.ConvLayers.Last().OutputChannels);
        Assert.AreEqual(1280, architecture.FeatureCount);
    }

    [TestMethod]
    [DataRow(32, 1)]
    [DataRow(33, 2)]
    [DataRow(96, 3)]
    [DataRow(97, 4)]
    [DataRow(100, 4)]
    [DataRow(224, 7)]
    [DataRow(4096, 128)]
    public void GetFeatureMapSize_RoundsUp(int inputSize, int expected)
    {
        MobileNetV2Architecture architecture = new(0.35f);

        Assert.AreEqual(expected, architecture.GetFeatureMapSize(inputSize));
        Assert.AreEqual(expected, architecture.GetLayers(inputSize)[^2].OutputShape.Width);
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(-1f)]
    [DataRow(10.5f)]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void Constructor_WidthOutOfRange_Throws(float widthMultiplier)
    {
        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MobileNetV2Architecture(widthMultiplier));

        Assert.AreEqual("widthMultiplier", error.ParamName);
    }

    [TestMethod]
    [DataRow(0.5f)]
    [DataRow(11f)]
    [DataRow(float.NaN)]
    public void Constructor_DepthOutOfRange_Throws(float depthMultiplier)
    {
        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MobileNetV2Architecture(1, depthMultiplier));

        Assert.AreEqual("depthMultiplier", error.ParamName);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(31)]
    [DataRow(4097)]
    public void GetLayers_InputSizeOutOfRange_Throws(int inputSize)
    {
        MobileNetV2Architecture architecture = new();

        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.GetLayers(inputSize));

        Assert.AreEqual("inputSize", error.ParamName);
        Assert.Contains("from 32 to 4096 pixels", error.Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.GetFeatureMapSize(inputSize));
    }

    [TestMethod]
    public void GetLayers_NegativeClassCount_Throws()
    {
        MobileNetV2Architecture architecture = new();

        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.GetLayers(224, -1));

        Assert.AreEqual("classCount", error.ParamName);
    }

    [TestMethod]
    public void GetLayers_WithoutClasses_EndsWithThePool()
        => Assert.AreEqual(LayerKind.GlobalAveragePool, new MobileNetV2Architecture().GetLayers()[^1].Kind);
}

using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.OnnxFiles;

/// <summary>ONNX models that are damaged, or that are something else than a MobileNetV2.</summary>
[TestClass]
public sealed class OnnxErrorTests
{
    private static readonly MobileNetV2Weights Network = SyntheticNetwork.Create(0.35f);

    [TestMethod]
    public void FromStream_AnotherNetwork_SaysHowManyConvolutionsItHas()
        => AssertRefused(model => model.Without(model.Convs().Last()), WeightsFormatError.UnsupportedNetwork, "51 convolutions");

    [TestMethod]
    public void FromStream_MissingNode_NamesTheOneThatNeedsIt()
        => AssertRefused(model => model.Graph.Node.Remove(model.Convs().Last()), WeightsFormatError.MissingTensor, "(Clip)");

    [TestMethod]
    public void FromStream_ConvolutionsInParallel_AreRefused() => AssertRefused(
        model =>
        {
            NodeProto[] convs = [.. model.Convs()];
            model.Behind(convs[6], "Add", "x", convs[3].Output[0]);
        },
        WeightsFormatError.UnsupportedNetwork,
        "'Add_inserted' (Add)");

    [TestMethod]
    public void FromStream_MissingShortcut_IsRefused() => AssertRefused(
        model =>
        {
            NodeProto shortcut = model.Graph.Node.First(node => node.OpType == "Add");
            shortcut.Input[0] = shortcut.Input[1];
        },
        WeightsFormatError.UnsupportedNetwork,
        "shortcuts");

    [TestMethod]
    public void FromStream_CircularGraph_IsRefused() => AssertRefused(
        model =>
        {
            NodeProto clip = model.Graph.Node.First(node => node.OpType == "Clip");
            clip.Input[0] = clip.Output[0];
        },
        WeightsFormatError.UnsupportedNetwork,
        "does not follow");

    [TestMethod]
    public void FromStream_CircularIdentities_AreRefused() => AssertRefused(
        model =>
        {
            NodeProto identity = new() { OpType = "Identity" };
            identity.Input.Add("loop");
            identity.Output.Add("loop");
            model.Graph.Node.Insert(0, identity);
            model.Convs().First().Input[1] = "loop";
        },
        WeightsFormatError.UnsupportedNetwork,
        "(Identity) depends on its own output");

    [TestMethod]
    [DataRow("pads", new long[] { 1, 1, 0, 0 }, DisplayName = "SAME_LOWER")]
    [DataRow("pads", new long[] { 2, 2, 2, 2 })]
    [DataRow("pads", new long[] { 1, 1 })]
    [DataRow("pads", new long[] { 0, 0, 0, 0 }, DisplayName = "VALID")]
    [DataRow("strides", new long[] { 1, 1 })]
    [DataRow("dilations", new long[] { 2, 2 })]
    public void FromStream_OtherConvolution_NamesTheNode(string attribute, long[] values) => AssertRefused(
        model => model.Convs().First().Set(OnnxGraphBuilder.Integers(attribute, values)), WeightsFormatError.UnsupportedNetwork, "'Conv_0' (Conv)");

    [TestMethod]
    public void FromStream_OtherGroup_NamesTheNode()
        => AssertRefused(model => model.Convs().ElementAt(1).Set(OnnxGraphBuilder.Integer("group", 1)), WeightsFormatError.UnsupportedNetwork, "(Conv)");

    [TestMethod]
    public void FromStream_WeightThatIsNotThere_IsRefused() => AssertRefused(
        model => model.Convs().First().Input[1] = "computed", WeightsFormatError.MissingTensor, "'computed' of node 'Conv_0' (Conv)");

    [TestMethod]
    public void FromStream_ComputedWeight_NamesTheNodeThatComputesIt() => AssertRefused(
        model => model.Graph.Node.Insert(0, new() { OpType = "DequantizeLinear", Input = { Requantize(model), "six" }, Output = { "computed" } }),
        WeightsFormatError.MissingTensor,
        "node 'computed' (DequantizeLinear) computes it");

    [TestMethod]
    [DataRow(0x0a, DisplayName = "nodes")]
    [DataRow(0x2a, DisplayName = "tensors")]
    [DataRow(0x5a, DisplayName = "inputs")]
    public void FromStream_MillionsOfParts_AreRefusedWithoutMuchMemory(int field)
    {
        const int Parts = 4_000_000;
        byte[] graph = [.. Enumerable.Range(0, 2 * Parts).Select(i => (byte)(i % 2 == 0 ? field : 0))];
        byte[] file = [0x08, 0x08, 0x3a, 0x80, 0xa4, 0xe8, 0x03, .. graph];
        long before = GC.GetAllocatedBytesForCurrentThread();

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file, "x.onnx"));

        Assert.IsLessThan(64 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(WeightsFormatError.SizeMismatch, error.Error);
    }

    [TestMethod]
    [DataRow(0x42, DisplayName = "operator sets")]
    [DataRow(0x72, DisplayName = "properties")]
    public void FromStream_MillionsOfPartsBesideTheGraph_AreRefusedWithoutMuchMemory(int field)
    {
        const int Parts = 4_000_000;
        byte[] file = [0x08, 0x08, .. Enumerable.Range(0, 2 * Parts).Select(i => (byte)(i % 2 == 0 ? field : 0))];
        long before = GC.GetAllocatedBytesForCurrentThread();

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file, "x.onnx"));

        Assert.IsLessThan(64 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(WeightsFormatError.SizeMismatch, error.Error);
    }

    [TestMethod]
    public void FromStream_MegabytesOfText_AreNotCalledDamage() => AssertRefused(
        model => model.Graph.Node[0].Name = new string('n', 1 << 25), WeightsFormatError.SizeMismatch, "bytes of names and text");

    [TestMethod]
    public void FromStream_DataInAnotherFile_IsNotFollowed() => AssertRefused(
        model =>
        {
            Weight(model).DataLocation = 1;
            Weight(model).ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../../secret" });
        },
        WeightsFormatError.MissingTensor,
        "another file");

    [TestMethod]
    [DataRow(2, DisplayName = "UINT8")]
    [DataRow(3, DisplayName = "INT8")]
    [DataRow(99, DisplayName = "unknown")]
    public void FromStream_OtherDataType_NamesTheTensor(int dataType)
        => AssertRefused(model => Weight(model).DataType = dataType, WeightsFormatError.UnsupportedDataType, "tensor 'features.0.0.weight'");

    [TestMethod]
    [DataRow(new long[] { 16, 3, 3, 4 })]
    [DataRow(new long[] { -16, -3, 3, 3 })]
    [DataRow(new long[] { long.MaxValue, long.MaxValue, 3, 3 })]
    [DataRow(new long[] { 1L << 32, 1L << 32 })]
    [DataRow(new long[0])]
    public void FromStream_ShapeThatDoesNotFit_NamesTheTensor(long[] shape) => AssertRefused(
        model =>
        {
            Weight(model).Dims.Clear();
            Weight(model).Dims.Add(shape);
        },
        WeightsFormatError.SizeMismatch,
        "tensor 'features.0.0.weight'");

    [TestMethod]
    public void FromStream_NoGraph_IsRefused() => AssertRefused(model => model.Graph = null, WeightsFormatError.UnsupportedNetwork, "no graph");

    [TestMethod]
    public void FromStream_Truncated_Throws()
    {
        byte[] file = OnnxModels.Create(Network).ToByteArray();

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file[..^100], "x.onnx"));

        Assert.AreEqual(WeightsFormatError.InvalidHeader, error.Error);
        Assert.Contains("damaged", error.Message);
    }

    private static string Requantize(ModelProto model)
    {
        NodeProto stem = model.Convs().First();
        string weight = stem.Input[1];
        stem.Input[1] = "computed";
        return weight;
    }

    private static TensorProto Weight(ModelProto model) => model.Graph.Initializer.Single(tensor => tensor.Name == "features.0.0.weight");

    private static void AssertRefused(Action<ModelProto> change, WeightsFormatError expected, string named)
    {
        ModelProto model = OnnxModels.Create(Network);
        change(model);

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => OnnxModels.Load(model));

        Assert.AreEqual(expected, error.Error, error.Message);
        Assert.StartsWith("'x.onnx': ", error.Message);
        Assert.Contains(named, error.Message);
    }
}

using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;
using static Microsoft.ML.MobileNetV2.Tests.TestUtilities.GraphEdits;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.OnnxFiles;

/// <summary>Graphs with more than the plain network that are read: the extras become weights or preprocessing. ONNX Runtime's numbers are the reference.</summary>
[TestClass]
public sealed class OnnxFoldingTests
{
    private const float Unit = 1 / 255f;
    private static readonly MobileNetV2Weights Network = SyntheticNetwork.Create(0.05f);
    private static readonly int[] Classes = [.. Enumerable.Range(0, SyntheticNetwork.ClassCount)];
    private static readonly float[] PerClass = [.. Classes.Select(i => 0.5f + 0.1f * i)];
    private static readonly float[] PerFeature = [.. Enumerable.Range(0, 1280).Select(i => 0.5f + i % 7 * 0.1f)];

    private static readonly (string Folder, string File)[] WrittenByPyTorch =
    [
        ("onnx-graph-ignored", "plain.onnx"),
        ("onnx-graph-ignored", "normalizes-inside.onnx"),
        ("onnx-graph-ignored", "swaps-channels-inside.onnx"),
        ("onnx-graph-ignored", "head-with-batchnorm.onnx"),
        ("onnx-graph-ignored", "temperature-after.onnx"),
        ("onnx-conv-classifier", "conv-1x1-as-classifier.onnx"),
    ];

    private static readonly (string File, string Named)[] RefusedFiles =
    [
        ("relu-not-relu6.onnx", "(Relu)"),
        ("max-pool.onnx", "'/MaxPool' (MaxPool)"),
        ("no-shortcuts.onnx", "(Conv) does not follow"),
    ];

    [TestMethod]
    public void FromStream_NormalizationOfPixelsFromZeroToOne_BecomesPreprocessing()
    {
        MobileNetV2Weights weights = OnnxAssert.SameAsRuntime(
            OnnxModels.Create(Network).BeforeStem("Sub", Scalar(0.5f)).BeforeStem("Div", Scalar(0.5f)), feed: (_, level) => level * Unit);

        Assert.AreEqual(new RgbValues(0.5f, 0.5f, 0.5f), weights.Description.Preprocessing.Mean);
    }

    [TestMethod]
    public void FromStream_NormalizationPerChannel_BecomesPreprocessing() => OnnxAssert.SameAsRuntime(
        OnnxModels.Create(Network).BeforeStem("Sub", PerChannel(0.485f, 0.456f, 0.406f)).BeforeStem("Div", new WeightTensor([3, 1, 1], [0.229f, 0.224f, 0.225f])),
        feed: (_, level) => level * Unit);

    [TestMethod]
    public void FromStream_NormalizationOfLevels_BecomesPreprocessing()
    {
        OnnxAssert.SameAsRuntime(OnnxModels.Create(Network).BeforeStem("Div", Scalar(127.5f)).BeforeStem("Sub", Scalar(1)), feed: (_, level) => level);
        OnnxAssert.SameAsRuntime(OnnxModels.Create(Network).BeforeStem("Mul", Scalar(Unit)), feed: (_, level) => level);
        OnnxAssert.SameAsRuntime(
            OnnxModels.Create(Network).BeforeStem("Sub", PerChannel(123.675f, 116.28f, 103.53f)).BeforeStem("Mul", PerChannel(0.017f, 0.0175f, 0.0174f)),
            feed: (_, level) => level);
        OnnxAssert.SameAsRuntime(OnnxModels.Create(Network).BeforeStem("Mul", Scalar(2)).BeforeStem("Add", Scalar(-1)), feed: (_, level) => level * Unit);
    }

    [TestMethod]
    public void FromStream_BatchNormOfTheImage_BecomesPreprocessing() => OnnxAssert.SameAsRuntime(
        OnnxModels.Create(Network).BeforeStem("BatchNormalization", Numbers(1, 1.1f, 0.9f), Numbers(0, 0.1f, 0.2f), Numbers(0.5f, 0.4f, 0.3f), Numbers(0.05f, 0.06f, 0.07f)),
        feed: (_, level) => level * Unit);

    [TestMethod]
    public void FromStream_InvertedPixels_BecomeWeights() => OnnxAssert.SameAsRuntime(
        OnnxModels.Create(Network).BeforeStem("Sub", Scalar(1), "x").BeforeStem("Sub", Scalar(0.5f)), feed: (_, level) => level * Unit);

    [TestMethod]
    [DataRow("Gather")]
    [DataRow("Slice")]
    public void FromStream_ChannelsInAnotherOrder_BecomeWeights(string operation) => OnnxAssert.SameAsRuntime(Swap(OnnxModels.Create(Network), operation));

    [TestMethod]
    public void FromStream_NormalizationAndSwap_BecomeBothInEitherOrder()
    {
        WeightTensor mean = PerChannel(0.4f, 0.5f, 0.6f);
        OnnxAssert.SameAsRuntime(Swap(OnnxModels.Create(Network), "Gather").BeforeStem("Sub", mean).BeforeStem("Div", Scalar(0.25f)), feed: (_, level) => level * Unit);
        OnnxAssert.SameAsRuntime(Swap(OnnxModels.Create(Network).BeforeStem("Sub", mean).BeforeStem("Div", Scalar(0.25f)), "Slice"), feed: (_, level) => level * Unit);
    }

    [TestMethod]
    public void FromStream_ChannelsLastInput_IsRead()
    {
        ModelProto model = OnnxModels.Create(Network).BeforeStem("Transpose", OnnxGraphBuilder.Integers("perm", 0, 3, 1, 2));
        TensorShapeProto shape = model.Graph.Input[0].Type.TensorType.Shape;
        (shape.Dim[1], shape.Dim[3]) = (shape.Dim[3], shape.Dim[1]);

        OnnxAssert.SameAsRuntime(model, isChannelsLast: true);
    }

    [TestMethod]
    public void FromStream_BatchNormBehindABias_IsFolded() => OnnxAssert.SameAsRuntime(AfterConv(
        5, "BatchNormalization", channels => [Spread(channels, 1.5f), Spread(channels, 0.1f), Spread(channels, 0.2f), Spread(channels, 0.8f)]));

    [TestMethod]
    public void FromStream_DifferentEpsilons_AreFolded()
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.05f);
        ModelProto model = OnnxModels.Create(weights).Unfold(weights, 1e-5f);
        model.Graph.Node.Last(node => node.OpType == "BatchNormalization").Attribute[0].F = 0.5f;

        OnnxAssert.SameAsRuntime(model);
    }

    [TestMethod]
    [DataRow("Mul")]
    [DataRow("Add")]
    [DataRow("Sub")]
    [DataRow("Div")]
    public void FromStream_ArithmeticBehindAConvolution_IsFolded(string operation) => OnnxAssert.SameAsRuntime(
        AfterConv(3, operation, channels => [new WeightTensor([1, channels, 1, 1], [.. Enumerable.Range(1, channels).Select(i => 0.5f + i * 0.1f)])]));

    [TestMethod]
    public void FromStream_ConvolutionsWithoutBias_AreRead()
    {
        ModelProto model = OnnxModels.Create(Network);
        model.Convs().ElementAt(7).Input.RemoveAt(2);

        OnnxAssert.SameAsRuntime(model);
    }

    [TestMethod]
    public void FromStream_Relu6InOtherWords_IsRead()
    {
        ModelProto model = OnnxModels.Create(Network);
        NodeProto[] clips = [.. model.Graph.Node.Where(node => node.OpType == "Clip")];
        model.Behind(clips[0], "Min", Scalar(6)).Replace(clips[0], "Relu");
        model.Behind(clips[1], "Max", Scalar(0)).Replace(clips[1], "Min", Scalar(6));
        model.Behind(clips[2], "Clip", Scalar(-1), Scalar(7));
        model.Behind(clips[3], "Relu");

        OnnxAssert.SameAsRuntime(model);
    }

    [TestMethod]
    public void FromStream_NodesThatDoNothing_AreSteppedOver()
    {
        ModelProto model = OnnxModels.Create(Network);
        model.BeforeStem("Identity").Behind(model.Convs().ElementAt(4), "Identity").Behind(model.First("Flatten"), "Dropout");

        OnnxAssert.SameAsRuntime(model);
    }

    [TestMethod]
    [DataRow("Reshape")]
    [DataRow("Squeeze")]
    [DataRow("ReduceMean")]
    [DataRow("AveragePool")]
    [DataRow("Shape")]
    public void FromStream_PoolingInOtherWords_IsRead(string way) => OnnxAssert.SameAsRuntime(PoolBy(OnnxModels.Create(Network), way));

    [TestMethod]
    public void FromStream_ConvolutionAsClassifier_IsRead()
    {
        foreach (bool hasBias in new[] { true, false })
        {
            MobileNetV2Weights weights = OnnxAssert.SameAsRuntime(ConvClassifier(OnnxModels.Create(Network), hasBias));

            Assert.AreEqual(SyntheticNetwork.ClassCount, weights.ClassCount);
        }
    }

    [TestMethod]
    public void FromStream_BatchNormBeforeTheClassifier_IsFolded()
    {
        ModelProto model = OnnxModels.Create(Network);
        WeightTensor[] parts = [Numbers(PerFeature), Spread(1280, 0.1f), Spread(1280, 0.2f), Spread(1280, 0.7f)];

        OnnxAssert.SameAsRuntime(model.Behind(model.First("Flatten"), "BatchNormalization", parts));
    }

    [TestMethod]
    public void FromStream_ArithmeticAroundTheClassifier_IsFolded()
    {
        ModelProto model = OnnxModels.Create(Network);
        model.Behind(model.First("Flatten"), "Mul", Numbers(PerFeature)).Behind(model.First("GlobalAveragePool"), "Add", Scalar(0.3f));
        model.Behind(model.First("Gemm"), "Div", Scalar(0.1f)).Behind(model.First("Gemm"), "Sub", Numbers(PerClass), "x");

        OnnxAssert.SameAsRuntime(model);
    }

    [TestMethod]
    public void FromStream_ScaledClassifier_IsFolded()
    {
        ModelProto model = OnnxModels.Create(Network);
        model.First("Gemm").Set(OnnxGraphBuilder.Single("alpha", 2));
        model.First("Gemm").Set(OnnxGraphBuilder.Single("beta", 0.5f));

        OnnxAssert.SameAsRuntime(model);
    }

    [TestMethod]
    public void FromStream_Softmax_GivesScores()
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.SameAsRuntime(
            model.Behind(model.First("Gemm"), "Softmax", OnnxGraphBuilder.Integer("axis", 1)).Behind(model.First("Gemm"), "Mul", Scalar(0.1f)),
            output: MobileNetV2Output.ClassScores);
    }

    [TestMethod]
    [DataRow(MobileNetV2Output.Features)]
    [DataRow(MobileNetV2Output.FeatureMap)]
    public void FromStream_BackboneAlone_IsRead(MobileNetV2Output output)
    {
        ModelProto model = OnnxModels.Create(Network, output: output);
        if (output == MobileNetV2Output.Features)
        {
            model.Behind(model.First("Flatten"), "Relu").Behind(model.First("Flatten"), "Clip", Scalar(0), Scalar(6));
        }

        Assert.AreEqual(0, OnnxAssert.SameAsRuntime(model, output: output).ClassCount);
    }

    [TestMethod]
    public void FromStream_TwoDenseLayers_GiveTheBackboneAndNameWhatIsLeftOut()
    {
        ModelProto model = OnnxModels.Create(Network);
        model.Behind(model.First("Gemm"), "Gemm", new WeightTensor([10, 3], new float[30]), Numbers(0, 0, 0)).Behind(model.First("Gemm"), "Relu");

        MobileNetV2Weights weights = OnnxModels.Load(model);

        Assert.AreEqual(0, weights.ClassCount);
        Assert.HasCount(4, weights.Description.IgnoredTensors);
        Assert.Contains("classifier.1.weight", weights.Description.IgnoredTensors);
    }

    [TestMethod]
    [RequiresReferenceData]
    public void FromFile_WrittenByPyTorch_GivesOnnxRuntimesNumbersOrIsRefused()
    {
        foreach ((string folder, string file) in WrittenByPyTorch)
        {
            bool takesPixels = file.StartsWith("normalizes", StringComparison.Ordinal);

            OnnxAssert.SameAsRuntime(Read(folder, file), 96, takesPixels ? (_, level) => level * Unit : null, name: file);
        }

        foreach ((string file, string named) in RefusedFiles)
        {
            OnnxAssert.Refused(Read("onnx-graph-ignored", file), named, file);
        }
    }

    private static ModelProto Read(string folder, string file) =>
        ModelProto.Parser.ParseFrom(File.ReadAllBytes(ReferenceData.PathOf("cases", folder, file)));

    private static ModelProto AfterConv(int index, string operation, Func<int, IEnumerable<object>> arguments)
    {
        ModelProto model = OnnxModels.Create(Network);
        NodeProto conv = model.Convs().ElementAt(index);
        int channels = (int)model.Graph.Initializer.Single(tensor => tensor.Name == conv.Input[1]).Dims[0];
        return model.Behind(conv, operation, arguments(channels));
    }

    private static WeightTensor Spread(int count, float value) => Numbers([.. Enumerable.Repeat(value, count)]);

    private static ModelProto Swap(ModelProto model, string operation) => operation == "Gather"
        ? model.BeforeStem("Gather", new long[] { 2, 1, 0 }, OnnxGraphBuilder.Integer("axis", 1))
        : model.BeforeStem("Slice", new long[] { -1 }, new long[] { long.MinValue + 1 }, new long[] { 1 }, new long[] { -1 });

    private static ModelProto PoolBy(ModelProto model, string way)
    {
        NodeProto pool = model.First("GlobalAveragePool");
        NodeProto flatten = model.First("Flatten");
        switch (way)
        {
            case "Reshape":
                return model.Replace(flatten, way, new long[] { 0, -1 });
            case "Squeeze":
                return model.Replace(flatten, way, new long[] { 2, 3 });
            case "ReduceMean":
                model.Replace(pool, way, OnnxGraphBuilder.Integers("axes", -1, -2), OnnxGraphBuilder.Integer("keepdims", 0));
                return model.Without(flatten);
            case "AveragePool":
                return model.Replace(pool, way, OnnxGraphBuilder.Integers("kernel_shape", 2, 2));
            default:
                // What PyTorch writes for x.view(x.size(0), -1).
                string value = flatten.Input[0];
                model.Behind(flatten, "Reshape", "x", "view.shape");
                NodeProto concat = new() { OpType = "Concat", Input = { "view.batch.row", "view.rest" }, Output = { "view.shape" }, Attribute = { OnnxGraphBuilder.Integer("axis", 0) } };
                AddShape(model, flatten, value, concat);
                return model;
        }
    }

    private static void AddShape(ModelProto model, NodeProto flatten, string value, NodeProto concat)
    {
        model.Graph.Initializer.Add(Whole("view.first", [], 0));
        model.Graph.Initializer.Add(Whole("view.axes", [1], 0));
        model.Graph.Initializer.Add(Whole("view.rest", [1], -1));
        int place = model.Graph.Node.IndexOf(flatten);
        model.Graph.Node.Insert(place, new() { OpType = "Shape", Input = { value }, Output = { "view.all" } });
        model.Graph.Node.Insert(place + 1, new() { OpType = "Gather", Input = { "view.all", "view.first" }, Output = { "view.batch" } });
        model.Graph.Node.Insert(place + 2, new() { OpType = "Unsqueeze", Input = { "view.batch", "view.axes" }, Output = { "view.batch.row" } });
        model.Graph.Node.Insert(place + 3, concat);
        model.Without(flatten);
    }

    private static TensorProto Whole(string name, long[] shape, long value)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { value } };
        tensor.Dims.Add(shape);
        return tensor;
    }

    private static ModelProto ConvClassifier(ModelProto model, bool hasBias)
    {
        NodeProto gemm = model.First("Gemm");
        TensorProto weight = model.Graph.Initializer.Single(tensor => tensor.Name == gemm.Input[1]);
        weight.Dims.Add([1, 1]);
        gemm.OpType = "Conv";
        gemm.Attribute.Clear();
        if (!hasBias)
        {
            gemm.Input.RemoveAt(2);
        }

        model.Behind(gemm, "Flatten");
        return model.Without(model.First("Flatten"));
    }
}

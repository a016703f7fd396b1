using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using static Microsoft.ML.MobileNetV2.Tests.TestUtilities.GraphEdits;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.OnnxFiles;

/// <summary>Graphs that ONNX Runtime runs and that are not a MobileNetV2: read as one they would give other numbers. The node is named.</summary>
[TestClass]
public sealed class OnnxRefusalTests
{
    private static readonly MobileNetV2Weights Network = SyntheticNetwork.Create(0.05f);

    [TestMethod]
    [DataRow("Relu")]
    [DataRow("HardSwish")]
    [DataRow("Sigmoid")]
    [DataRow("LeakyRelu")]
    public void FromStream_AnotherActivation_IsRefused(string operation)
    {
        ModelProto model = OnnxModels.Create(Network);
        if (operation == "HardSwish")
        {
            model.OpsetImport[0].Version = 14;
        }

        OnnxAssert.Refused(model.Replace(model.Graph.Node.Where(node => node.OpType == "Clip").ElementAt(3), operation), $"({operation})");
    }

    [TestMethod]
    [DataRow(0f, 3f)]
    [DataRow(-1f, 6f)]
    [DataRow(0f, 6.5f)]
    public void FromStream_AnotherRange_IsRefused(float low, float high)
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.Refused(model.Replace(model.First("Clip"), "Clip", Scalar(low), Scalar(high)), "'Clip_instead' (Clip)");
    }

    [TestMethod]
    public void FromStream_MissingActivation_NamesTheConvolution()
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.Refused(model.Without(model.First("Clip")), "'Conv_0' (Conv) is not limited");
    }

    [TestMethod]
    public void FromStream_ActivationBehindALinearBottleneck_IsRefused()
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.Refused(model.Behind(model.Convs().ElementAt(2), "Relu"), "'Relu_inserted' (Relu)");
    }

    [TestMethod]
    public void FromStream_MissingShortcut_IsRefused()
    {
        ModelProto model = OnnxModels.Create(Network);
        NodeProto add = model.First("Add");
        (add.Input[0], add.Input[1]) = (add.Input[1], add.Input[0]);

        OnnxAssert.Refused(model.Without(add), "(Conv) does not follow");
    }

    [TestMethod]
    [DataRow("Sub")]
    [DataRow("Mul")]
    [DataRow("Max")]
    public void FromStream_ShortcutOfAnotherOperator_IsRefused(string operation)
    {
        ModelProto model = OnnxModels.Create(Network);
        model.First("Add").OpType = operation;

        OnnxAssert.Refused(model, $"({operation})");
    }

    [TestMethod]
    public void FromStream_ShortcutThatIsNone_IsRefused()
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.Refused(model.Behind(model.Convs().Last(), "Add", "x", "x"), "(Add)");
    }

    [TestMethod]
    [DataRow("GlobalMaxPool")]
    [DataRow("GlobalLpPool")]
    public void FromStream_AnotherPooling_IsRefused(string operation)
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.Refused(model.Replace(model.First("GlobalAveragePool"), operation), $"({operation})");
    }

    [TestMethod]
    public void FromStream_PoolingOfAPart_IsRefused()
    {
        ModelProto model = OnnxModels.Create(Network, 96);

        OnnxAssert.Refused(
            model.Replace(model.First("GlobalAveragePool"), "AveragePool", OnnxGraphBuilder.Integers("kernel_shape", 2, 2), OnnxGraphBuilder.Integers("strides", 2, 2)), "(AveragePool)");
    }

    [TestMethod]
    [DataRow("Sigmoid")]
    [DataRow("LogSoftmax")]
    [DataRow("Tanh")]
    public void FromStream_AnotherOutput_IsRefused(string operation)
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.Refused(model.Behind(model.First("Gemm"), operation), $"'{operation}_inserted' ({operation})");
    }

    [TestMethod]
    [DataRow("LpNormalization")]
    [DataRow("Sqrt")]
    [DataRow("Sigmoid")]
    public void FromStream_ChangedFeatures_AreRefused(string operation)
    {
        foreach (MobileNetV2Output output in new[] { MobileNetV2Output.ClassLogits, MobileNetV2Output.Features })
        {
            ModelProto model = OnnxModels.Create(Network, output: output);

            OnnxAssert.Refused(model.Behind(model.First("Flatten"), operation), $"'{operation}_inserted' ({operation})");
        }
    }

    [TestMethod]
    public void FromStream_ScaledFeatures_AreRefused()
    {
        ModelProto model = OnnxModels.Create(Network, output: MobileNetV2Output.Features);

        OnnxAssert.Refused(model.Behind(model.First("Flatten"), "Mul", Scalar(2)), "(Mul)");
    }

    [TestMethod]
    public void FromStream_TransposedImage_IsRefused() => OnnxAssert.Refused(
        OnnxModels.Create(Network).BeforeStem("Transpose", OnnxGraphBuilder.Integers("perm", 0, 1, 3, 2)), "(Transpose)");

    [TestMethod]
    public void FromStream_TransposedMap_IsRefused()
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.Refused(model.Behind(model.First("Clip"), "Transpose", OnnxGraphBuilder.Integers("perm", 0, 1, 3, 2)), "(Transpose)");
    }

    [TestMethod]
    [DataRow("Abs")]
    [DataRow("Sqrt")]
    [DataRow("Relu")]
    public void FromStream_AnotherPreprocessing_IsRefused(string operation)
        => OnnxAssert.Refused(OnnxModels.Create(Network).BeforeStem(operation), $"({operation})");

    [TestMethod]
    public void FromStream_PixelsAddedBeforeTheNormalization_AreRefused()
    {
        ModelProto model = OnnxModels.Create(Network);
        model.Convs().First().Set(OnnxGraphBuilder.Integers("pads", 0, 0, 0, 0));

        OnnxAssert.Refused(model.BeforeStem("Pad", new long[] { 0, 0, 1, 1, 0, 0, 1, 1 }).BeforeStem("Sub", Scalar(0.5f)), "(Sub)");
    }

    [TestMethod]
    public void FromStream_ArithmeticBehindAnActivation_IsRefused()
    {
        ModelProto model = OnnxModels.Create(Network);

        OnnxAssert.Refused(model.Behind(model.First("Clip"), "Mul", Scalar(1.1f)), "'Mul_inserted' (Mul)");
    }

    [TestMethod]
    [DataRow(1, new long[] { 0, 0, 2, 2 }, DisplayName = "stride 1")]
    [DataRow(4, new long[] { 0, 0, 1, 1 }, DisplayName = "stride 2, as TensorFlow does")]
    [DataRow(4, new long[] { 1, 1, 0, 0 }, DisplayName = "stride 2, before the start")]
    public void FromStream_OneConvolutionThatPadsOtherwise_IsNamed(int index, long[] pads)
    {
        ModelProto model = OnnxModels.Create(Network);
        NodeProto conv = model.Convs().ElementAt(index);
        conv.Set(OnnxGraphBuilder.Integers("pads", pads));

        OnnxAssert.Refused(model, $"'{conv.Name}' (Conv) pads otherwise");
    }

    [TestMethod]
    public void FromStream_OneSymmetricConvolutionAmongTensorFlows_IsNamed()
    {
        ModelProto model = OnnxModels.Create(SyntheticNetwork.Create(0.05f, PaddingConvention.Same));
        NodeProto conv = model.Convs().Where(OnnxModels.HasStrideTwo).ElementAt(2);
        conv.Set(OnnxGraphBuilder.Integers("pads", 1, 1, 1, 1));

        OnnxAssert.Refused(model, $"'{conv.Name}' (Conv) pads otherwise");
    }

    [TestMethod]
    public void FromStream_PaddingWithOtherValues_IsRefused()
    {
        ModelProto model = OnnxModels.Create(Network);
        NodeProto conv = model.Convs().First();
        conv.Set(OnnxGraphBuilder.Integers("pads", 0, 0, 0, 0));

        OnnxAssert.Refused(
            model.BeforeStem("Pad", new long[] { 0, 0, 1, 1, 0, 0, 1, 1 }, new AttributeProto { Name = "mode", Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8("edge") }),
            "(Pad)");
    }
}

using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.OnnxFiles;

[TestClass]
public sealed class OnnxReaderTests
{
    private static readonly MobileNetV2Weights Network = SyntheticNetwork.Create(0.35f);

    [TestMethod]
    [DataRow(0.35f, 1.0f, PaddingConvention.Symmetric, 64)]
    [DataRow(0.35f, 1.0f, PaddingConvention.Same, 64)]
    [DataRow(0.35f, 1.0f, PaddingConvention.Same, 98, DisplayName = "after the stem all sizes are odd, so only the stem shows the convention")]
    [DataRow(1.1f, 1.2f, PaddingConvention.Symmetric, 64, DisplayName = "mobilenetv2_110d")]
    [DataRow(1.2f, 1.4f, PaddingConvention.Symmetric, 64, DisplayName = "mobilenetv2_120d")]
    public void FromStream_AnonymousFoldedModel_GivesTheBitsOfTheFoldedNetwork(float width, float depth, PaddingConvention padding, int inputSize)
    {
        MobileNetV2Weights network = SyntheticNetwork.Create(width, padding, depthMultiplier: depth);

        MobileNetV2Weights weights = OnnxModels.Load(OnnxModels.Create(network, inputSize).Anonymize());

        CheckpointAssert.SameBits(FoldedNetwork.Fold(network), weights.Checkpoint);
        Assert.AreEqual(width, weights.Description.Architecture.WidthMultiplier);
        Assert.AreEqual(depth, weights.Description.Architecture.DepthMultiplier);
        Assert.AreEqual(padding, weights.Description.Padding);
        Assert.AreEqual(inputSize, weights.Description.Preprocessing.InputSize);
    }

    [TestMethod]
    public void FromStream_BatchNormNodes_GiveTheBitsOfTheNetworkAndItsEpsilon()
    {
        MobileNetV2Weights weights = OnnxModels.Load(OnnxModels.Create(Network).Unfold(Network, 0.002f).Anonymize());

        CheckpointAssert.SameBits(Network.Checkpoint, weights.Checkpoint);
        Assert.AreEqual(0.002f, weights.Description.BatchNormEpsilon);
    }

    [TestMethod]
    public void FromStream_OwnModel_GivesItsWholeDescription()
    {
        WeightsDescription description = Network.Description with
        {
            Name = "own",
            Preprocessing = ImagePreprocessing.TensorFlow with { InputSize = 160 },
            ClassNames = [.. Enumerable.Range(0, 10).Select(index => $"class {index}")],
        };
        MobileNetV2Weights network = Network.WithDescription(description);

        MobileNetV2Weights weights = SafetensorsBytes.Load(NetworkModel.Create(new NetworkSpecification(network, 64, MobileNetV2Output.ClassScores)));
        MobileNetV2Weights backbone = SafetensorsBytes.Load(NetworkModel.Create(new NetworkSpecification(network, 64, MobileNetV2Output.Features)));

        Assert.AreEqual(
            description with { Architecture = weights.Description.Architecture, ClassNames = weights.Description.ClassNames }, weights.Description);
        Assert.AreSequenceEqual(description.ClassNames, weights.Description.ClassNames);
        Assert.AreEqual(0, backbone.ClassCount);
    }

    [TestMethod]
    public void FromStream_AutomaticPadding_IsSame()
    {
        ModelProto model = OnnxModels.Create(Network);
        foreach (NodeProto conv in model.Convs())
        {
            conv.Attribute.Remove(conv.Find("pads"));
            conv.Set(new() { Name = "auto_pad", S = ByteString.CopyFromUtf8("SAME_UPPER") });
        }

        Assert.AreEqual(PaddingConvention.Same, OnnxModels.Load(model).Description.Padding);
    }

    [TestMethod]
    public void FromStream_PaddingNodes_AreCounted()
    {
        ModelProto model = OnnxModels.Create(Network);
        foreach (NodeProto conv in model.Convs().Where(OnnxModels.HasStrideTwo).ToArray())
        {
            conv.Set(OnnxGraphBuilder.Integers("pads", 0, 0, 0, 0));
            NodeProto pad = new() { OpType = "Pad", Name = $"{conv.Name}.pad" };
            pad.Input.Add(conv.Input[0]);
            pad.Output.Add($"{conv.Name}.padded");
            pad.Attribute.Add(OnnxGraphBuilder.Integers("pads", 0, 0, 0, 0, 0, 0, 1, 1));
            conv.Input[0] = pad.Output[0];
            model.Graph.Node.Insert(model.Graph.Node.IndexOf(conv), pad);
        }

        Assert.AreEqual(PaddingConvention.Same, OnnxModels.Load(model).Description.Padding);
    }

    [TestMethod]
    public void FromStream_ProductAndSum_AreAClassifier()
    {
        ModelProto model = OnnxModels.Create(Network);
        NodeProto gemm = model.Graph.Node.Single(node => node.OpType == "Gemm");
        WeightTensor weight = Network.Checkpoint.Tensors["classifier.1.weight"];
        WeightTensor transposed = ForeignNetwork.Rename(Network.Checkpoint, new KerasNaming(), new(0.35f)).Tensors["predictions/kernel"];
        model.Graph.Initializer.Add(OnnxModels.Tensor("transposed", transposed));
        NodeProto sum = new() { OpType = "Add" };
        sum.Input.Add(["product", gemm.Input[2]]);
        sum.Output.Add(gemm.Output[0]);
        gemm.OpType = "MatMul";
        gemm.Input[1] = "transposed";
        gemm.Input.RemoveAt(2);
        gemm.Output[0] = "product";
        gemm.Attribute.Clear();
        model.Graph.Node.Insert(model.Graph.Node.IndexOf(gemm) + 1, sum);

        MobileNetV2Weights weights = OnnxModels.Load(model);

        Assert.AreSequenceEqual(weight.Values, weights.GetClassifier().Weight);
        Assert.AreSequenceEqual(Network.GetClassifier().Bias, weights.GetClassifier().Bias);
    }

    [TestMethod]
    public void FromStream_ConstantNodesAndIdentities_AreFollowed()
    {
        ModelProto model = OnnxModels.Create(Network).Anonymize();
        TensorProto tensor = model.Graph.Initializer[0];
        model.Graph.Initializer.RemoveAt(0);
        NodeProto constant = new() { OpType = "Constant" };
        constant.Attribute.Add(new AttributeProto { Name = "value", T = tensor });
        constant.Output.Add("original");
        NodeProto identity = new() { OpType = "Identity" };
        identity.Input.Add("original");
        identity.Output.Add(tensor.Name);
        model.Graph.Node.Insert(0, constant);
        model.Graph.Node.Insert(1, identity);

        CheckpointAssert.SameBits(FoldedNetwork.Fold(Network), OnnxModels.Load(model).Checkpoint);
    }
}

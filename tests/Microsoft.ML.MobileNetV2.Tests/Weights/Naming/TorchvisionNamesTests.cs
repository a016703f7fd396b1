using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Naming;

/// <summary>The same network under the names of other programs.</summary>
[TestClass]
public sealed class TorchvisionNamesTests
{
    [TestMethod]
    [DataRow("conv_stem.weight", "features.0.0.weight")]
    [DataRow("bn1.running_var", "features.0.1.running_var")]
    [DataRow("blocks.0.0.conv_dw.weight", "features.1.conv.0.0.weight")]
    [DataRow("blocks.0.0.bn1.bias", "features.1.conv.0.1.bias")]
    [DataRow("blocks.0.0.conv_pw.weight", "features.1.conv.1.weight")]
    [DataRow("blocks.0.0.bn2.weight", "features.1.conv.2.weight")]
    [DataRow("blocks.1.0.conv_pw.weight", "features.2.conv.0.0.weight")]
    [DataRow("blocks.1.1.conv_dw.weight", "features.3.conv.1.0.weight")]
    [DataRow("blocks.2.0.bn2.running_mean", "features.4.conv.1.1.running_mean")]
    [DataRow("blocks.6.0.conv_pwl.weight", "features.17.conv.2.weight")]
    [DataRow("blocks.6.0.bn3.weight", "features.17.conv.3.weight")]
    [DataRow("conv_head.weight", "features.18.0.weight")]
    [DataRow("bn2.bias", "features.18.1.bias")]
    [DataRow("classifier.weight", "classifier.1.weight")]
    public void Tensors_Timm_NamesTheSameLayer(string fileName, string name) => AssertNamed(new TimmNaming(), fileName, name);

    [TestMethod]
    [DataRow("Conv1/kernel", "features.0.0.weight")]
    [DataRow("bn_Conv1/moving_variance", "features.0.1.running_var")]
    [DataRow("expanded_conv_depthwise/depthwise_kernel", "features.1.conv.0.0.weight")]
    [DataRow("expanded_conv_project/kernel", "features.1.conv.1.weight")]
    [DataRow("expanded_conv_project_BN/gamma", "features.1.conv.2.weight")]
    [DataRow("block_1_expand/kernel", "features.2.conv.0.0.weight")]
    [DataRow("block_16_project_BN/beta", "features.17.conv.3.bias")]
    [DataRow("Conv_1/kernel", "features.18.0.weight")]
    [DataRow("Conv_1_bn/moving_mean", "features.18.1.running_mean")]
    [DataRow("predictions/kernel", "classifier.1.weight")]
    [DataRow("Logits/bias", "classifier.1.bias")]
    public void Tensors_Keras_NamesTheSameLayer(string fileName, string name) => AssertNamed(new KerasNaming(), fileName, name);

    [TestMethod]
    [DataRow("MobilenetV2/Conv/weights", "features.0.0.weight")]
    [DataRow("MobilenetV2/Conv/BatchNorm/gamma", "features.0.1.weight")]
    [DataRow("MobilenetV2/expanded_conv/depthwise/depthwise_weights", "features.1.conv.0.0.weight")]
    [DataRow("MobilenetV2/expanded_conv/project/BatchNorm/moving_variance", "features.1.conv.2.running_var")]
    [DataRow("MobilenetV2/expanded_conv_1/expand/weights", "features.2.conv.0.0.weight")]
    [DataRow("MobilenetV2/expanded_conv_16/project/BatchNorm/beta", "features.17.conv.3.bias")]
    [DataRow("MobilenetV2/Conv_1/weights", "features.18.0.weight")]
    [DataRow("MobilenetV2/Logits/Conv2d_1c_1x1/biases", "classifier.1.bias")]
    public void Tensors_Slim_NamesTheSameLayer(string fileName, string name) => AssertNamed(new SlimNaming(), fileName, name);

    [TestMethod]
    [DataRow(0.5f, 1.0f)]
    [DataRow(1.1f, 1.2f, DisplayName = "mobilenetv2_110d")]
    [DataRow(1.2f, 1.4f, DisplayName = "mobilenetv2_120d")]
    public void FromStream_Timm_GivesTheNetwork(float width, float depth)
    {
        Checkpoint network = SyntheticNetwork.Create(width, depthMultiplier: depth).Checkpoint;

        MobileNetV2Weights weights = Load(ForeignNetwork.Rename(network, new TimmNaming(), new(width, depth)));

        CheckpointAssert.SameBits(network, weights.Checkpoint);
        Assert.AreEqual(width, weights.Description.Architecture.WidthMultiplier);
        Assert.AreEqual(depth, weights.Description.Architecture.DepthMultiplier);
        Assert.AreEqual(PaddingConvention.Symmetric, weights.Description.Padding);
        Assert.AreEqual(WeightsDescription.TorchBatchNormEpsilon, weights.Description.BatchNormEpsilon);
        Assert.AreEqual(ImagePreprocessing.Torchvision with { Interpolation = ImageInterpolation.Bicubic }, weights.Description.Preprocessing);
    }

    [TestMethod]
    [DataRow("keras")]
    [DataRow("slim")]
    public void FromStream_TensorFlow_GivesTheTransposedNetworkWithItsConventions(string program)
    {
        Checkpoint network = SyntheticNetwork.Create(0.35f).Checkpoint;
        CheckpointNaming naming = program == "keras" ? new KerasNaming() : new SlimNaming();

        MobileNetV2Weights weights = Load(ForeignNetwork.Rename(network, naming, new(0.35f)));

        CheckpointAssert.SameBits(network, weights.Checkpoint);
        Assert.AreEqual(PaddingConvention.Same, weights.Description.Padding);
        Assert.AreEqual(WeightsDescription.TensorFlowBatchNormEpsilon, weights.Description.BatchNormEpsilon);
        Assert.AreEqual(ImagePreprocessing.TensorFlow, weights.Description.Preprocessing);
    }

    [TestMethod]
    public void FromStream_MetadataOfTheFile_WinOverWhatTheNamesSuggest()
    {
        Checkpoint network = ForeignNetwork.Rename(SyntheticNetwork.Create(0.35f).Checkpoint, new TimmNaming(), new(0.35f));

        MobileNetV2Weights weights = Load(network with { Metadata = new Dictionary<string, string> { ["interpolation"] = "Bilinear" } });

        Assert.AreEqual(ImageInterpolation.Bilinear, weights.Description.Preprocessing.Interpolation);
    }

    [TestMethod]
    public void FromStream_MissingTensors_AreListedUnderTheFilesNames()
    {
        Dictionary<string, WeightTensor> tensors = TimmTensors();
        tensors.Remove("blocks.1.0.conv_pw.weight");
        tensors.Remove("bn2.weight");

        WeightsFormatException error = Refused(tensors);

        Assert.AreEqual(WeightsFormatError.MissingTensor, error.Error);
        Assert.Contains("'blocks.1.0.conv_pw.weight' ('features.2.conv.0.0.weight'), 'bn2.weight' ('features.18.1.weight') are missing", error.Message);
    }

    [TestMethod]
    public void FromStream_LeftOverTensors_AreListed()
    {
        Dictionary<string, WeightTensor> tensors = TimmTensors();
        tensors.Add("blocks.1.0.se.conv_reduce.weight", new([1], [0]));
        tensors.Add("bn1.num_batches_tracked", new([], [1]));

        WeightsFormatException error = Refused(tensors);

        Assert.AreEqual(WeightsFormatError.UnexpectedTensor, error.Error);
        Assert.Contains("does not have: 'blocks.1.0.se.conv_reduce.weight'.", error.Message);
    }

    [TestMethod]
    public void FromStream_WrongRankForTheLayout_NamesTheTensor()
    {
        Dictionary<string, WeightTensor> tensors = new(ForeignNetwork.Rename(SyntheticNetwork.Create(0.35f).Checkpoint, new KerasNaming(), new(0.35f)).Tensors)
        {
            ["block_1_expand/kernel"] = new([8, 48], new float[8 * 48]),
        };

        WeightsFormatException error = Refused(tensors);

        Assert.AreEqual(WeightsFormatError.ShapeMismatch, error.Error);
        Assert.Contains("'block_1_expand/kernel' has shape (8, 48)", error.Message);
    }

    [TestMethod]
    [DataRow("module._orig_mod.")]
    [DataRow("net.backbone.")]
    [DataRow("student/")]
    public void FromStream_PrefixesOfWrappers_AreTakenOff(string prefix)
    {
        Checkpoint network = SyntheticNetwork.Create(0.35f).Checkpoint;
        Dictionary<string, WeightTensor> prefixed = network.Tensors.ToDictionary(pair => $"{prefix}{pair.Key}", pair => pair.Value);

        CheckpointAssert.SameBits(network, Load(network with { Tensors = prefixed }).Checkpoint);
    }

    private static Dictionary<string, WeightTensor> TimmTensors() =>
        new(ForeignNetwork.Rename(SyntheticNetwork.Create(0.35f).Checkpoint, new TimmNaming(), new(0.35f)).Tensors);

    private static WeightsFormatException Refused(Dictionary<string, WeightTensor> tensors) =>
        Assert.ThrowsExactly<WeightsFormatException>(() => Load(new("x", tensors, new Dictionary<string, string>())));

    private static MobileNetV2Weights Load(Checkpoint checkpoint) => SafetensorsBytes.Load(SafetensorsBytes.From(checkpoint));

    private static void AssertNamed(CheckpointNaming naming, string fileName, string name)
    {
        NamedTensor tensor = naming.Tensors(new()).Single(candidate => candidate.FileName == fileName);

        Assert.AreEqual(name, tensor.Name);
    }
}

using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

/// <summary>Three ways to write metadata: for synthetic weights, and for the real ones that they come from.</summary>
[TestClass]
public sealed class ReferenceWeightsTests
{
    private const int FoldedInputSize = 224;

    private static readonly string[] RoundedTensors =
        ["features.15.conv.0.0.weight", "features.16.conv.0.0.weight", "features.17.conv.0.0.weight", "features.18.0.weight"];

    [TestMethod]
    public void Read_NamedPreprocessing()
    {
        MobileNetV2Weights weights = LoadSynthetic(0.35f, isFolded: false, new()
        {
            ["architecture"] = "mobilenet_v2",
            ["width_multiplier"] = "0.35",
            ["input_size"] = "224",
            ["padding"] = "same",
            ["batch_norm_epsilon"] = "0.001",
            ["preprocessing"] = "x/127.5-1, RGB",
            ["license"] = "Apache-2.0",
            ["origin"] = "Google/Keras MobileNetV2 0.35 224, ImageNet, without classifier",
        });

        AssertDescription(weights, 0.35f, FoldedInputSize, PaddingConvention.Same, 1e-3f, classCount: 0);
    }

    [TestMethod]
    public void Read_FoldedBatchNorm_HasTheDefaultEpsilon()
    {
        MobileNetV2Weights weights = LoadSynthetic(1.0f, isFolded: true, new()
        {
            ["architecture"] = "mobilenet_v2",
            ["width_multiplier"] = "1.0",
            ["input_size"] = "224",
            ["padding"] = "same",
            ["batch_norm"] = "folded",
            ["preprocessing"] = "x/127.5-1, RGB",
            ["classes"] = "10 (0 = background)",
            ["license"] = "Apache-2.0",
            ["origin"] = "Google MobileNetV2 1.0 224, ImageNet; dequantized int8",
        });

        AssertDescription(weights, 1.0f, FoldedInputSize, PaddingConvention.Same, 1e-5f, SyntheticNetwork.ClassCount);
    }

    [TestMethod]
    public void Read_ScaleAndOffset()
    {
        MobileNetV2Weights weights = LoadSynthetic(0.5f, isFolded: false, new()
        {
            ["architecture"] = "mobilenet_v2",
            ["width_multiplier"] = "0.5",
            ["input_size"] = "128",
            ["input_scale"] = "1/127.5",
            ["input_offset"] = "-1",
            ["color_order"] = "RGB",
            ["padding"] = "symmetric",
            ["batch_norm_epsilon"] = "1e-05",
            ["license"] = "Apache-2.0",
            ["distilled_from"] = "MobileNetV2 1.0 224 ImageNet (Google, Apache-2.0), whose pruned weights it started from",
        });

        AssertDescription(weights, 0.5f, inputSize: 128, PaddingConvention.Symmetric, 1e-5f, classCount: 0);
    }

    [TestMethod]
    [RequiresReferenceData]
    public void FromFile_RealWeights_ReadsMetadataAndNumbers()
    {
        AssertDescription(Load("mobilenet_v2_0.35_224_imagenet"), 0.35f, FoldedInputSize, PaddingConvention.Same, 1e-3f, classCount: 0);
        AssertDescription(Load("mobilenet_v2_1.0_224_imagenet"), 1.0f, FoldedInputSize, PaddingConvention.Same, 1e-5f, classCount: 1001);
        MobileNetV2Weights small = Load("mobilenet_v2_0.5_128_bundled");
        AssertDescription(small, 0.5f, inputSize: 128, PaddingConvention.Symmetric, 1e-5f, classCount: 0);
        AssertBundledSmallIs(small);
    }

    /// <summary>The bundled small weights are the 32-bit ones, but for four matrices, whose numbers are rounded to 16 bits.</summary>
    private static void AssertBundledSmallIs(MobileNetV2Weights weights)
    {
        Checkpoint expected = weights.Checkpoint with
        {
            Tensors = weights.Checkpoint.Tensors.ToDictionary(pair => pair.Key, pair => RoundedTensors.Contains(pair.Key) ? Round(pair.Value) : pair.Value),
        };

        CheckpointAssert.SameBits(expected, MobileNetV2Weights.BundledSmall.Checkpoint);
    }

    private static WeightTensor Round(WeightTensor tensor) => new([.. tensor.Shape], [.. tensor.Values.Select(value => (float)(Half)value)]);

    private static MobileNetV2Weights Load(string file) => MobileNetV2Weights.FromFile(ReferenceData.PathOf("weights", $"{file}.safetensors"));

    private static MobileNetV2Weights LoadSynthetic(float width, bool isFolded, Dictionary<string, string> metadata)
    {
        MobileNetV2Weights network = SyntheticNetwork.Create(width, classCount: isFolded ? SyntheticNetwork.ClassCount : 0);
        return SafetensorsBytes.Load(SafetensorsBytes.From((isFolded ? FoldedNetwork.Fold(network) : network.Checkpoint) with { Metadata = metadata }));
    }

    private static void AssertDescription(
        MobileNetV2Weights weights, float width, int inputSize, PaddingConvention padding, float epsilon, int classCount)
    {
        WeightsDescription description = weights.Description;
        Assert.AreEqual(width, description.Architecture.WidthMultiplier);
        Assert.AreEqual(padding, description.Padding);
        Assert.AreEqual(epsilon, description.BatchNormEpsilon);
        Assert.AreEqual(ImagePreprocessing.TensorFlow with { InputSize = inputSize }, description.Preprocessing);
        Assert.AreEqual("Apache-2.0", description.License);
        Assert.Contains("MobileNetV2", description.Attribution);
        Assert.AreEqual(classCount, weights.ClassCount);
        Assert.AreEqual(1280, weights.FeatureCount);
    }
}

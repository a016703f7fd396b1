using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

/// <summary>The real weights and their three ways to write metadata.</summary>
[TestClass]
public sealed class ReferenceWeightsTests
{
    [TestMethod]
    [RequiresReferenceData]
    [DataRow("mobilenet_v2_0.35_224_imagenet", 0.35f, 224, PaddingConvention.Same, 1e-3f, 0)]
    [DataRow("mobilenet_v2_1.0_224_imagenet", 1.0f, 224, PaddingConvention.Same, 1e-5f, 1001, DisplayName = "folded: its epsilon has no effect")]
    [DataRow("mobilenet_v2_0.5_128_bundled", 0.5f, 128, PaddingConvention.Symmetric, 1e-5f, 0)]
    public void FromFile_ReadsTheMetadata(string file, float width, int inputSize, PaddingConvention padding, float epsilon, int classCount)
    {
        MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("weights", $"{file}.safetensors"));

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

    [TestMethod]
    [RequiresReferenceData]
    public void FromFile_TorchvisionCheckpoint_InfersWidthAndClasses()
    {
        MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("checkpoints", "torchvision_0.35.safetensors"));

        Assert.AreEqual(0.35f, weights.Description.Architecture.WidthMultiplier);
        Assert.AreEqual(1.0f, weights.Description.Architecture.DepthMultiplier);
        Assert.AreEqual(10, weights.ClassCount);
        CheckpointAssert.SameBits(SyntheticNetwork.Create(0.35f).Checkpoint, weights.Checkpoint);
    }
}

using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Keras;

[TestClass]
public sealed class KerasReaderTests
{
    [TestMethod]
    [RequiresReferenceData]
    public void FromFile_ReferenceCheckpoint_GivesTheBitsOfSafetensors()
    {
        MobileNetV2Weights expected = MobileNetV2Weights.FromFile(ReferenceData.PathOf("checkpoints", "torchvision_0.35.safetensors"));

        MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("checkpoints", "keras_0.35.h5"));

        CheckpointAssert.SameBits(expected.Checkpoint, weights.Checkpoint);
        Assert.AreEqual(0.35f, weights.Description.Architecture.WidthMultiplier);
        Assert.AreEqual(10, weights.ClassCount);
        Assert.AreEqual(PaddingConvention.Same, weights.Description.Padding);
        Assert.AreEqual(WeightsDescription.TensorFlowBatchNormEpsilon, weights.Description.BatchNormEpsilon);
        Assert.AreEqual(ImagePreprocessing.TensorFlow, weights.Description.Preprocessing);
    }
}

using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

/// <summary>One network as PyTorch and Keras wrote it; the tests of each format read files of the same content that tests write.</summary>
[TestClass]
[RequiresReferenceData]
public sealed class ReferenceCheckpointTests
{
    private static readonly (string Folder, string File, int ClassCount)[] CheckpointsOfTrainings =
    [
        ("pytorch-scalar-hides-state-dict", "checkpoint-tensor-accuracy.pth.tar", 3),
        ("pytorch-training-arguments", "checkpoint-args.pth.tar", 3),
        ("pytorch-training-arguments", "checkpoint-numpy-scalar.pth", 3),
        ("pytorch-training-arguments", "pickle-protocol-4.pth", 3),
        ("pytorch-other-names", "flat-block-names.pth", 3),
        ("pytorch-other-names", "lightning-with-class-weights.ckpt", 3),
        ("pytorch-other-heads", "classifier-is-one-linear.pth", 3),
        ("pytorch-other-heads", "classifier-of-two-layers.pth", 0),
    ];

    private readonly MobileNetV2Weights _expected = SyntheticNetwork.Create(0.35f);

    [TestMethod]
    public void FromFile_EveryFormat_GivesTheSameNetwork()
    {
        foreach (string file in (string[])[ReferenceCheckpoints.Safetensors, .. ReferenceCheckpoints.PyTorch])
        {
            AssertNetwork(file, _expected.Checkpoint, PaddingConvention.Symmetric, WeightsDescription.TorchBatchNormEpsilon, ImagePreprocessing.Torchvision);
        }

        AssertNetwork(
            ReferenceCheckpoints.Keras, _expected.Checkpoint, PaddingConvention.Same, WeightsDescription.TensorFlowBatchNormEpsilon, ImagePreprocessing.TensorFlow);
        AssertFoldedNetwork(MobileNetV2Weights.FromFile(ReferenceCheckpoints.PathOf(ReferenceCheckpoints.Onnx)));
        AssertCheckpointsOfTrainings();
        AssertKeras3GivesTheNetworkThatOnnxHasFolded();
    }

    private static void AssertCheckpointsOfTrainings()
    {
        MobileNetV2Weights expected = MobileNetV2Weights.FromFile(
            ReferenceData.PathOf("cases", "pytorch-scalar-hides-state-dict", "checkpoint-float-accuracy.pth.tar"));
        foreach ((string folder, string file, int classCount) in CheckpointsOfTrainings)
        {
            MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("cases", folder, file));

            Assert.AreEqual(classCount, weights.ClassCount, file);
            CheckpointAssert.SameBits(Backbone(expected.Checkpoint), Backbone(weights.Checkpoint));
        }
    }

    private static void AssertKeras3GivesTheNetworkThatOnnxHasFolded()
    {
        MobileNetV2Weights folded = MobileNetV2Weights.FromFile(ReferenceData.PathOf("cases", "onnx-graph-ignored", "plain.onnx"));
        MobileNetV2Weights read = MobileNetV2Weights.FromFile(ReferenceData.PathOf("cases", "keras3-weights-h5", "model.weights.h5"));

        MobileNetV2Weights weights = read.WithDescription(read.Description with { BatchNormEpsilon = WeightsDescription.TorchBatchNormEpsilon });

        Assert.AreEqual(3, weights.ClassCount, weights.Checkpoint.Source);
        foreach (ConvLayer layer in weights.Description.Architecture.ConvLayers)
        {
            CheckpointAssert.Close(folded.GetConv(layer).Weight, weights.GetConv(layer).Weight, $"{weights.Checkpoint.Source}: {layer.Name}.weight");
            CheckpointAssert.Close(folded.GetConv(layer).Bias, weights.GetConv(layer).Bias, $"{weights.Checkpoint.Source}: {layer.Name}.bias");
        }
    }

    private static Checkpoint Backbone(Checkpoint checkpoint) => checkpoint with
    {
        Tensors = checkpoint.Tensors.Where(pair => pair.Key.StartsWith("features", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal),
    };

    private static void AssertNetwork(string file, Checkpoint expected, PaddingConvention padding, float epsilon, ImagePreprocessing preprocessing)
    {
        MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceCheckpoints.PathOf(file));

        CheckpointAssert.SameBits(expected, weights.Checkpoint);
        Assert.AreEqual(0.35f, weights.Description.Architecture.WidthMultiplier, file);
        Assert.AreEqual(1.0f, weights.Description.Architecture.DepthMultiplier, file);
        Assert.AreEqual(SyntheticNetwork.ClassCount, weights.ClassCount, file);
        Assert.AreEqual(padding, weights.Description.Padding, file);
        Assert.AreEqual(epsilon, weights.Description.BatchNormEpsilon, file);
        Assert.AreEqual(preprocessing, weights.Description.Preprocessing, file);
    }

    private void AssertFoldedNetwork(MobileNetV2Weights weights)
    {
        string file = weights.Checkpoint.Source;
        Assert.AreEqual(0.35f, weights.Description.Architecture.WidthMultiplier, file);
        Assert.AreEqual(PaddingConvention.Symmetric, weights.Description.Padding, file);
        Assert.AreEqual(ImagePreprocessing.Torchvision with { InputSize = 96 }, weights.Description.Preprocessing, file);
        Assert.AreSequenceEqual(_expected.GetClassifier().Weight, weights.GetClassifier().Weight, file);
        Assert.AreSequenceEqual(_expected.GetClassifier().Bias, weights.GetClassifier().Bias, file);
        foreach (ConvLayer layer in _expected.Description.Architecture.ConvLayers)
        {
            CheckpointAssert.Close(_expected.GetConv(layer).Weight, weights.GetConv(layer).Weight, $"{file}: {layer.Name}.weight");
            CheckpointAssert.Close(_expected.GetConv(layer).Bias, weights.GetConv(layer).Bias, $"{file}: {layer.Name}.bias");
        }
    }
}

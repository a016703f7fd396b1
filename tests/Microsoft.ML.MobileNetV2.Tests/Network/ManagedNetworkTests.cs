using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Network;

/// <summary>The library's own kernels compute what ONNX Runtime computes.</summary>
[TestClass]
public sealed class ManagedNetworkTests
{
    private static readonly PaddingConvention[] Paddings = Enum.GetValues<PaddingConvention>();

    private static readonly float[] Widths = [0.35f, 0.5f, 0.75f, 1.0f, 1.3f, 1.4f];

    private static readonly int[] Sizes = [32, 33, 96, 97, 128, 160, 192, 224, 225];

    private static readonly (string File, int Size)[] TrainedWeights =
    [
        ("mobilenet_v2_1.0_224_imagenet.safetensors", 224),
        ("mobilenet_v2_1.0_192_bundled.safetensors", 192),
        ("mobilenet_v2_0.35_224_imagenet.safetensors", 161),
    ];

    [TestMethod]
    [DataRow(0.05f, 32, DisplayName = "The first block has a shortcut, and 8 channels")]
    [DataRow(0.1f, 40)]
    [DataRow(0.35f, 32, DisplayName = "The last maps have one pixel")]
    [DataRow(0.35f, 33, DisplayName = "Every map has an odd size")]
    [DataRow(0.35f, 96)]
    [DataRow(0.5f, 63)]
    [DataRow(0.5f, 97)]
    [DataRow(0.75f, 64)]
    [DataRow(1.0f, 33)]
    [DataRow(1.3f, 32)]
    [DataRow(1.4f, 35)]
    public void Compute_EveryRegisterWidth_GivesTheFeaturesOfOnnxRuntime(float width, int size)
    {
        foreach (PaddingConvention padding in Paddings)
        {
            NetworkOutputs.AssertAgree(new(SyntheticNetwork.Create(width, padding), size, MobileNetV2Output.Features), AllKernels.Supported);
        }
    }

    [TestMethod]
    [DataRow(MobileNetV2Output.FeatureMap, 32)]
    [DataRow(MobileNetV2Output.FeatureMap, 97)]
    [DataRow(MobileNetV2Output.ClassLogits, 65)]
    [DataRow(MobileNetV2Output.ClassScores, 65)]
    public void Compute_EveryOutput_GivesThatOfOnnxRuntime(MobileNetV2Output output, int size) =>
        NetworkOutputs.AssertAgree(new(SyntheticNetwork.Create(0.35f), size, output), AllKernels.Supported);

    [TestMethod]
    public void Compute_OfTheUsualNetwork_GivesTheFeaturesOfOnnxRuntime()
    {
        foreach (PaddingConvention padding in Paddings)
        {
            NetworkOutputs.AssertAgree(new(SyntheticNetwork.Create(1, padding), 224, MobileNetV2Output.Features), NetworkKernels.Widest);
        }
    }

    [TestMethod]
    public void Compute_OfADeeperNetwork_GivesTheFeaturesOfOnnxRuntime() =>
        NetworkOutputs.AssertAgree(new(SyntheticNetwork.Create(0.35f, depthMultiplier: 1.2f), 48, MobileNetV2Output.Features), AllKernels.Supported);

    [TestMethod]
    [DataRow(HeadActivation.Softmax)]
    [DataRow(HeadActivation.Sigmoid)]
    [DataRow(HeadActivation.Linear)]
    public void Compute_WithAHead_GivesTheScoresOfOnnxRuntime(HeadActivation activation)
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f);
        (float[] weight, float[] bias) = weights.GetClassifier();
        DenseLayer hidden = new(weights.FeatureCount, bias.Length, HeadActivation.Swish, weight, bias);
        DenseLayer last = new(bias.Length, 2, activation, weight.AsSpan(0, 2 * bias.Length), bias.AsSpan(0, 2));
        NetworkSpecification specification = new(weights, 48, MobileNetV2Output.Features) { Head = new([hidden, last], [], string.Empty) };

        NetworkOutputs.AssertAgree(specification, AllKernels.Supported);
    }

    [TestMethod]
    [SlowTest]
    public void Compute_EveryWidthAndSize_GivesTheOutputsOfOnnxRuntime()
    {
        foreach (PaddingConvention padding in Paddings)
        {
            foreach (float width in Widths)
            {
                AssertAgreeAtEverySize(SyntheticNetwork.Create(width, padding));
            }
        }
    }

    [TestMethod]
    [RequiresReferenceData]
    public void Compute_ReferenceWeights_GiveTheOutputsOfOnnxRuntime()
    {
        foreach ((string file, _) in ReferenceCheckpoints.WithGoldenValues)
        {
            MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceCheckpoints.PathOf(file));

            NetworkOutputs.AssertAgree(new(weights, 97, MobileNetV2Output.ClassLogits), NetworkKernels.Widest);
        }

        foreach ((string file, int size) in TrainedWeights)
        {
            AssertTrainedAgree(MobileNetV2Weights.FromFile(ReferenceData.PathOf("weights", file)), size, NetworkKernels.Widest);
        }
    }

    [TestMethod]
    public void Compute_BundledWeights_GiveTheOutputsOfOnnxRuntime() => AssertTrainedAgree(MobileNetV2Weights.Bundled, 128, AllKernels.Supported);

    [TestMethod]
    public void Compute_Repeated_GivesEqualNumbers()
    {
        NetworkSpecification specification = new(SyntheticNetwork.Create(0.35f), 64, MobileNetV2Output.Features);
        using ManagedNetwork network = new(specification);
        using ManagedNetworkRun run = network.CreateRun();
        SyntheticNetwork.Input(64, 1).CopyTo(run.Input);
        float[] first = run.Compute().ToArray();

        float[] second = run.Compute().ToArray();

        Assert.AreSequenceEqual(first, second);
    }

    private static void AssertTrainedAgree(MobileNetV2Weights weights, int size, params NetworkKernels[] kernels)
    {
        NetworkOutputs.AssertAgree(new(weights, size, MobileNetV2Output.Features), kernels);
        NetworkOutputs.AssertAgree(new(weights, size, MobileNetV2Output.FeatureMap), kernels);
        if (weights.ClassCount > 0)
        {
            NetworkOutputs.AssertAgree(new(weights, size, MobileNetV2Output.ClassLogits), kernels);
        }
    }

    private static void AssertAgreeAtEverySize(MobileNetV2Weights weights)
    {
        foreach (int size in Sizes)
        {
            foreach (MobileNetV2Output output in (MobileNetV2Output[])[MobileNetV2Output.Features, MobileNetV2Output.FeatureMap, MobileNetV2Output.ClassLogits])
            {
                NetworkOutputs.AssertAgree(new(weights, size, output), [.. AllKernels.Supported.Where(kernels => kernels.Lanes > 1)]);
            }
        }
    }
}

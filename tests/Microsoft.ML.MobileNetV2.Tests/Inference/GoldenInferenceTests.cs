using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Inference;

/// <summary>Features and logits that torchvision computed for the same weights and inputs.</summary>
[TestClass]
public sealed class GoldenInferenceTests
{
    /// <summary>Float32 sums of up to 1792 products in another order, through 53 layers.</summary>
    private const double RelativeTolerance = 1e-4;

    [TestMethod]
    [RequiresReferenceData]
    [DataRow(0.35f)]
    [DataRow(0.5f)]
    [DataRow(0.75f)]
    [DataRow(1.0f)]
    [DataRow(1.3f)]
    [DataRow(1.4f)]
    public void Compute_GivesTheGoldenFeaturesAndLogits(float widthMultiplier)
    {
        Checkpoint golden = ReferenceData.ReadSafetensors("golden", "inference.safetensors");
        foreach (PaddingConvention padding in Enum.GetValues<PaddingConvention>())
        {
            MobileNetV2Weights weights = SyntheticNetwork.Create(widthMultiplier, padding);
            AssertGolden(golden, weights, FormattableString.Invariant($"{(padding == PaddingConvention.Same ? "same" : "symmetric")}.{widthMultiplier:0.0#}."));
        }
    }

    [TestMethod]
    [RequiresReferenceData]
    [DataRow("torchvision_0.35.safetensors", "symmetric.0.35.")]
    [DataRow("torchvision_0.35.pth", "symmetric.0.35.")]
    [DataRow("torchvision_0.35_training_checkpoint.pth", "symmetric.0.35.")]
    [DataRow("torchvision_0.35.onnx", "symmetric.0.35.")]
    [DataRow("keras_0.35.h5", "same.0.35.")]
    public void Compute_ReferenceCheckpoint_GivesTheGoldenFeaturesAndLogits(string file, string prefix)
    {
        MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("checkpoints", file));

        AssertGolden(ReferenceData.ReadSafetensors("golden", "inference.safetensors"), weights, prefix);
    }

    private static void AssertGolden(Checkpoint golden, MobileNetV2Weights weights, string prefix)
    {
        string[] names = [.. golden.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        Assert.IsGreaterThanOrEqualTo(6, names.Length, $"golden values of {prefix}");
        foreach (string name in names)
        {
            string[] parts = name[prefix.Length..].Split('.');
            MobileNetV2Output output = parts[1] == "features" ? MobileNetV2Output.Features : MobileNetV2Output.ClassLogits;

            float[] actual = Compute(weights, int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), output);

            AssertClose(golden.Tensors[name].Values, actual, name);
        }
    }

    private static float[] Compute(MobileNetV2Weights weights, int inputSize, MobileNetV2Output output)
    {
        using INetwork network = new OnnxInferenceRuntime().Load(new(weights, inputSize, output));
        using INetworkRun run = network.CreateRun();
        float[] input = SyntheticNetwork.Input(inputSize);
        return [.. input.Chunk(run.Input.Length).SelectMany(image =>
        {
            image.CopyTo(run.Input);
            return run.Compute().ToArray();
        })];
    }

    private static void AssertClose(float[] expected, float[] actual, string name)
    {
        Assert.HasCount(expected.Length, actual, name);
        float largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], RelativeTolerance * largest, $"{name}[{i}]");
        }
    }
}

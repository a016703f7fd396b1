using System.Globalization;
using Google.Protobuf;
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

    private const int LeastValuesOfAWidth = 3;

    private static readonly InferenceRuntime[] Runtimes = [InferenceRuntime.Managed, InferenceRuntime.OnnxRuntime()];

    private static readonly Checkpoint Golden = ReadGolden(TestData.PathOf("Golden", "inference.safetensors"));

    [TestMethod]
    [DataRow(0.35f)]
    [DataRow(0.5f)]
    [DataRow(0.75f)]
    [DataRow(1.0f)]
    [DataRow(1.3f)]
    [DataRow(1.4f)]
    public void Compute_GivesTheGoldenFeaturesAndLogits(float widthMultiplier)
    {
        foreach (PaddingConvention padding in Enum.GetValues<PaddingConvention>())
        {
            MobileNetV2Weights weights = SyntheticNetwork.Create(widthMultiplier, padding);

            AssertGolden(Golden, weights, FormattableString.Invariant($"{(padding == PaddingConvention.Same ? "same" : "symmetric")}.{widthMultiplier:0.0#}."));
        }
    }

    [TestMethod]
    [DataRow("safetensors", "symmetric.0.35.")]
    [DataRow("zip", "symmetric.0.35.", DisplayName = "PyTorch's zip file")]
    [DataRow("legacy", "symmetric.0.35.", DisplayName = "PyTorch's file before 1.6")]
    [DataRow("onnx", "symmetric.0.35.")]
    [DataRow("h5", "same.0.35.", DisplayName = "Keras: its padding follows from the format")]
    public void Compute_OfEveryFormat_GivesTheGoldenFeaturesAndLogits(string format, string prefix)
    {
        MobileNetV2Weights network = SyntheticNetwork.Create(0.35f);
        byte[] file = format switch
        {
            "safetensors" => SafetensorsBytes.From(network.Checkpoint),
            "zip" => TorchBytes.Zip(network.Checkpoint),
            "legacy" => TorchBytes.Legacy(network.Checkpoint),
            "onnx" => OnnxModels.Create(network).Anonymize().ToByteArray(),
            _ => KerasBytes.From(ForeignNetwork.Rename(network.Checkpoint, new KerasNaming(), network.Description.Architecture)),
        };

        AssertGolden(Golden, SafetensorsBytes.Load(file, "x"), prefix);
    }

    [TestMethod]
    [RequiresReferenceData]
    public void Compute_ReferenceCheckpoints_GiveTheGoldenFeaturesAndLogits()
    {
        foreach ((string file, string prefix) in ReferenceCheckpoints.WithGoldenValues)
        {
            AssertGolden(Golden, MobileNetV2Weights.FromFile(ReferenceCheckpoints.PathOf(file)), prefix);
        }
    }

    private static Checkpoint ReadGolden(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return SafetensorsReader.Read(stream, path);
    }

    private static void AssertGolden(Checkpoint golden, MobileNetV2Weights weights, string prefix)
    {
        string[] names = [.. golden.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        Assert.IsGreaterThanOrEqualTo(LeastValuesOfAWidth, names.Length, $"golden values of {prefix}");
        foreach (string name in names)
        {
            string[] parts = name[prefix.Length..].Split('.');
            MobileNetV2Output output = parts[1] == "features" ? MobileNetV2Output.Features : MobileNetV2Output.ClassLogits;

            foreach (InferenceRuntime runtime in Runtimes)
            {
                float[] actual = Compute(runtime, new(weights, int.Parse(parts[0], CultureInfo.InvariantCulture), output));

                AssertClose(golden.Tensors[name].Values, actual, $"{name} of {weights.Checkpoint.Source} in {runtime.GetType().Name}");
            }
        }
    }

    private static float[] Compute(InferenceRuntime runtime, NetworkSpecification specification)
    {
        using INetwork network = runtime.Load(specification);
        using INetworkRun run = network.CreateRun();
        float[] input = SyntheticNetwork.Input(specification.InputSize);
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

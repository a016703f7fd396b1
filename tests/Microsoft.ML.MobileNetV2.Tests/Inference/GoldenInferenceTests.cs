using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

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
            string prefix = FormattableString.Invariant($"{(padding == PaddingConvention.Same ? "same" : "symmetric")}.{widthMultiplier:0.0#}.");
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
    }

    private static float[] Compute(MobileNetV2Weights weights, int inputSize, MobileNetV2Output output)
    {
        using NetworkSession session = new(new NetworkSpecification(weights, inputSize, output));
        float[] input = SyntheticNetwork.Input(inputSize);
        NetworkRun run = session.Rent();
        float[] result = [.. input.Chunk(run.Input.Length).SelectMany(picture =>
        {
            picture.CopyTo(run.Input);
            return run.Compute().ToArray();
        })];
        session.Return(run);
        return result;
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

using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Inference;

/// <summary>What the bundled weights make of drawn images, against PyTorch: from an encoded image that needs no resizing to features and scores.</summary>
[TestClass]
public sealed class BundledGoldenTests
{
    /// <summary>Float32 sums in another order, through 53 layers: PyTorch differs by up to 1.9e-5 from the same network in float64.</summary>
    private const double Tolerance = 2e-5;

    /// <summary>What the 16-bit matrices change; the expected values are those of the 32-bit weights.</summary>
    private const double MeanLossOfHalves = 2e-4;

    private const double LargestLossOfHalves = 2e-3;

    private static readonly Checkpoint Golden = SafetensorsBytes.Read(File.ReadAllBytes(TestData.PathOf("Golden", "bundled.safetensors")));

    [TestMethod]
    public void Run_OfTheDefaultWeights_GivesPyTorchsFeatures() =>
        Assert.IsLessThan(Tolerance, Differences("bundled.features", new(), "balloon-219.png").Max());

    [TestMethod]
    public void Run_OfTheDefaultWeightsInOnnxRuntime_GivesPyTorchsFeatures() =>
        Assert.IsLessThan(Tolerance, Differences("bundled.features", new() { Runtime = InferenceRuntime.OnnxRuntime() }, "balloon-219.png").Max());

    [TestMethod]
    public void Run_OfTheDefaultWeights_GivesPyTorchsClassScores() => Assert.IsLessThan(
        Tolerance, Differences("bundled.scores", new() { Output = MobileNetV2Output.ClassScores }, "balloon-219.png").Max());

    [TestMethod]
    public void Run_OfTheSmallWeights_GivesTheFeaturesOfTheSingleWeightsThatTheyWere()
    {
        float[] differences = Differences("small.features", new() { Weights = MobileNetV2Weights.BundledSmall }, "balloon-146.png");

        Assert.IsLessThan(MeanLossOfHalves, differences.Average());
        Assert.IsLessThan(LargestLossOfHalves, differences.Max());
    }

    private static float[] Differences(string golden, MobileNetV2EngineOptions options, string image)
    {
        using MobileNetV2Engine engine = new(options);
        float[] actual = engine.Run(TestData.PathOf("Golden", "images", image));
        float[] expected = Golden.Require(golden, [actual.Length]).Values;
        return [.. expected.Zip(actual, (left, right) => Math.Abs(left - right))];
    }
}

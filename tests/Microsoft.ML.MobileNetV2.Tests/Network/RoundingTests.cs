using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Network;

/// <summary>The library rounds where ONNX Runtime does: how much that matters depends on the weights, and random ones can be far worse than trained ones.</summary>
[TestClass]
public sealed class RoundingTests
{
    private const int Size = 97;

    /// <summary>Between two orders of rounding, of the largest number: where weights make errors grow most.</summary>
    private const double ToleranceOfOtherRounding = 1e-3;

    /// <summary>Where float64 stands in for an instruction, of the largest number: a tie after its rounding is rounded once more, which is seldom and small.</summary>
    private const double ToleranceOfRareTies = 2e-5;

    /// <summary>The largest error of one order and of another, of thousands each, differ by less than that.</summary>
    private const double LargestRatioOfErrors = 3;

    private static readonly MobileNetV2Output[] Outputs = [MobileNetV2Output.Features, MobileNetV2Output.FeatureMap];

    [TestMethod]
    [DataRow(RandomNetworkKind.HeNormal, 0.35f)]
    [DataRow(RandomNetworkKind.Glorot, 0.5f)]
    [DataRow(RandomNetworkKind.RandomBatchNorm, 0.75f)]
    [DataRow(RandomNetworkKind.WideRanges, 1.3f)]
    [DataRow(RandomNetworkKind.FittedBatchNorm, 0.5f)]
    [DataRow(RandomNetworkKind.FittedBatchNorm, 1.0f)]
    public void Compute_RandomWeights_GivesTheBitsOfOnnxRuntime(RandomNetworkKind kind, float width)
    {
        MobileNetV2Weights weights = RandomNetwork.Create(kind, width, PaddingConvention.Same);
        float[] input = SyntheticNetwork.Input(Size, 1);
        foreach (MobileNetV2Output output in Outputs)
        {
            NetworkSpecification specification = new(weights, Size, output);
            float[] expected = NetworkOutputs.ComputeByOnnxRuntime(specification, input);
            foreach (NetworkKernels kernels in AllKernels.Supported)
            {
                float[] actual = NetworkOutputs.ComputeManaged(specification, input, kernels);

                double tolerance = !NetworkOutputs.RoundsAlike(specification, kernels) ? ToleranceOfOtherRounding
                    : kernels.Fused == kernels ? 0 : ToleranceOfRareTies;
                Assert.IsLessThanOrEqualTo(tolerance, Distance([.. expected.Select(value => (double)value)], actual), $"{output}, {kernels.Lanes} lanes");
            }
        }
    }

    [TestMethod]
    public void Compute_FeatureMap_RoundsOnce_AndFeaturesAsFastAsTheyCan()
    {
        MobileNetV2Weights weights = RandomNetwork.Create(RandomNetworkKind.HeNormal, 0.35f, PaddingConvention.Same);
        float[] input = SyntheticNetwork.Input(Size, 1);

        float[] map = Compute(MobileNetV2Output.FeatureMap, AllKernels.Scalar), features = Compute(MobileNetV2Output.Features, AllKernels.Scalar);

        Assert.AreNotEqual(AllKernels.Scalar, AllKernels.Scalar.Fused);
        Assert.AreSequenceEqual(Compute(MobileNetV2Output.FeatureMap, AllKernels.Scalar.Fused), map);
        Assert.AreNotEqual(0, Distance([.. Compute(MobileNetV2Output.Features, AllKernels.Scalar.Fused).Select(value => (double)value)], features));

        float[] Compute(MobileNetV2Output output, NetworkKernels kernels) => NetworkOutputs.ComputeManaged(new(weights, Size, output), input, kernels);
    }

    [TestMethod]
    [DataRow(RandomNetworkKind.HeNormal)]
    [DataRow(RandomNetworkKind.Glorot)]
    [DataRow(RandomNetworkKind.RandomBatchNorm)]
    [DataRow(RandomNetworkKind.WideRanges)]
    [DataRow(RandomNetworkKind.FittedBatchNorm)]
    public void Compute_RandomWeights_IsAsNearToFloat64AsOnnxRuntime(RandomNetworkKind kind)
    {
        MobileNetV2Weights weights = Fold(RandomNetwork.Create(kind, 0.5f, PaddingConvention.Symmetric));
        float[] input = SyntheticNetwork.Input(Size, 1);
        double[] map = new Float64Reference(weights).FeatureMap(input, Size);
        foreach (MobileNetV2Output output in Outputs)
        {
            double[] exact = output == MobileNetV2Output.FeatureMap ? map : Float64Reference.Pool(map, weights.FeatureCount);
            NetworkSpecification specification = new(weights, Size, output);
            double error = Distance(exact, NetworkOutputs.ComputeByOnnxRuntime(specification, input));
            foreach (NetworkKernels kernels in AllKernels.Supported)
            {
                double actual = Distance(exact, NetworkOutputs.ComputeManaged(specification, input, kernels));

                Assert.IsLessThanOrEqualTo(LargestRatioOfErrors * error, actual, $"{output}, {kernels.Lanes} lanes");
            }
        }
    }

    /// <summary>Returns the weights that both runtimes get, which have been rounded once.</summary>
    private static MobileNetV2Weights Fold(MobileNetV2Weights weights) => new(FoldedNetwork.Fold(weights), weights.Description);

    /// <summary>Returns the largest difference, as a fraction of the largest number.</summary>
    private static double Distance(double[] expected, float[] actual) => expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / expected.Max(Math.Abs);
}

using System.Runtime.Intrinsics.X86;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Computes the output of a network in both runtimes, and compares them.</summary>
internal static class NetworkOutputs
{
    /// <summary>Float32 sums in another order through 53 layers, as a fraction of the largest number.</summary>
    private const float RelativeTolerance = 2e-5f;

    /// <summary>
    /// The same for a map of random weights, which no mean over its pixels levels out, where the runtimes round in another order: each is that far from
    /// float64, too (<c>RoundingTests</c>).
    /// </summary>
    private const float RelativeToleranceOfOtherRounding = 2e-4f;

    private const int AvxLeaf = 7;
    private const int Avx512Bit = 1 << 16;

    /// <summary>Gets a value indicating whether the processor has AVX-512, also where .NET was told to leave it out.</summary>
    private static bool HasAvx512 { get; } = X86Base.IsSupported
        ? (X86Base.CpuId(AvxLeaf, 0).Ebx & Avx512Bit) != 0
        : OperatingSystem.IsLinux() && File.ReadAllText("/proc/cpuinfo").Contains("avx512f", StringComparison.Ordinal);

    /// <summary>
    /// Returns whether kernels round as ONNX Runtime does on this processor, where it has chosen its own for AVX-512, which multiply and add in one step.
    /// </summary>
    internal static bool RoundsAlike(NetworkSpecification specification, NetworkKernels kernels) => HasAvx512 && (
        specification.Output == MobileNetV2Output.FeatureMap
        || (kernels.Lanes > 1 && Fma.IsSupported && !HasFewChannels(specification.Weights.Description.Architecture)));

    /// <summary>Asserts that this library's kernels and ONNX Runtime agree.</summary>
    internal static void AssertAgree(NetworkSpecification specification, params ReadOnlySpan<NetworkKernels> kernels)
    {
        float[] input = SyntheticNetwork.Input(specification.InputSize, 1);
        float[] expected = ComputeByOnnxRuntime(specification, input);
        bool isRandomMap = specification.Output == MobileNetV2Output.FeatureMap && specification.Weights.Description.Name.StartsWith("synthetic", StringComparison.Ordinal);
        foreach (NetworkKernels each in kernels)
        {
            float[] actual = ComputeManaged(specification, input, each);

            float tolerance = isRandomMap && !RoundsAlike(specification, each) ? RelativeToleranceOfOtherRounding : RelativeTolerance;
            AssertClose(expected, actual, tolerance, FormattableString.Invariant(
                $"{specification.Weights.Checkpoint.Source}, {specification.Weights.Description.Padding}, {specification.InputSize}, {specification.Output}, {each.Lanes} lanes"));
        }
    }

    internal static float[] ComputeManaged(NetworkSpecification specification, float[] input, NetworkKernels kernels)
    {
        using ManagedNetwork network = new(specification, kernels);
        return Compute(network, input);
    }

    internal static float[] ComputeByOnnxRuntime(NetworkSpecification specification, float[] input)
    {
        using INetwork network = InferenceRuntime.OnnxRuntime().Load(specification);
        return Compute(network, input);
    }

    /// <summary>Returns whether there is a convolution whose products are rounded for feature maps alone.</summary>
    private static bool HasFewChannels(MobileNetV2Architecture architecture) => architecture.ConvLayers.Any(layer => SumRounding.Of(layer, keepsMap: true).RoundsProducts);

    private static void AssertClose(float[] expected, float[] actual, float tolerance, string name)
    {
        Assert.HasCount(expected.Length, actual, name);
        float largest = expected.Max(Math.Abs);
        float difference = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.IsLessThanOrEqualTo(tolerance * largest, difference, name);
    }

    private static float[] Compute(INetwork network, float[] input)
    {
        using INetworkRun run = network.CreateRun();
        input.CopyTo(run.Input);
        return run.Compute().ToArray();
    }
}

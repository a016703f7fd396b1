using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Computes the output of a network in both runtimes, and compares them.</summary>
internal static class NetworkOutputs
{
    /// <summary>Float32 sums in another order through 53 layers, as a fraction of the largest number.</summary>
    private const float RelativeTolerance = 2e-5f;

    /// <summary>
    /// The same where no mean over the pixels levels it out: a number of the last map of random weights, which lack the training that keeps rounding
    /// from growing from layer to layer.
    /// </summary>
    private const float RelativeToleranceOfMaps = 2e-4f;

    /// <summary>Asserts that this library's kernels and ONNX Runtime agree.</summary>
    internal static void AssertAgree(NetworkSpecification specification, params ReadOnlySpan<NetworkKernels> kernels)
    {
        float[] input = SyntheticNetwork.Input(specification.InputSize, 1);
        float[] expected = ComputeByOnnxRuntime(specification, input);
        bool isRandomMap = specification.Output == MobileNetV2Output.FeatureMap && specification.Weights.Description.Name.StartsWith("synthetic", StringComparison.Ordinal);
        float tolerance = isRandomMap ? RelativeToleranceOfMaps : RelativeTolerance;
        foreach (NetworkKernels each in kernels)
        {
            float[] actual = ComputeManaged(specification, input, each);

            AssertClose(expected, actual, tolerance, FormattableString.Invariant(
                $"{specification.Weights.Checkpoint.Source}, {specification.Weights.Description.Padding}, {specification.InputSize}, {specification.Output}, {each.Lanes} lanes"));
        }
    }

    private static float[] ComputeManaged(NetworkSpecification specification, float[] input, NetworkKernels kernels)
    {
        using ManagedNetwork network = new(specification, kernels);
        return Compute(network, input);
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance, string name)
    {
        Assert.HasCount(expected.Length, actual, name);
        float largest = expected.Max(Math.Abs);
        float difference = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.IsLessThanOrEqualTo(tolerance * largest, difference, name);
    }

    private static float[] ComputeByOnnxRuntime(NetworkSpecification specification, float[] input)
    {
        using INetwork network = InferenceRuntime.OnnxRuntime().Load(specification);
        return Compute(network, input);
    }

    private static float[] Compute(INetwork network, float[] input)
    {
        using INetworkRun run = network.CreateRun();
        input.CopyTo(run.Input);
        return run.Compute().ToArray();
    }
}

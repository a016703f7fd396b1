using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Provides a small network, and runs it, so that the code which any network needs is compiled.</summary>
internal static class NetworkWarmUp
{
    /// <summary>Few channels, for little work.</summary>
    private const float WidthMultiplier = 0.35f;

    /// <summary>Each run sets its own.</summary>
    private const int InputSize = 192;

    private const int ThreadCount = 2;

    /// <summary>Runs a network on a blank image of the size that the process expects.</summary>
    internal static void RunExpected(NetworkSpecification network) => ExpectedInputSize.OfProcess.Run(size => Run(network with { InputSize = size }));

    /// <summary>Runs a network on a blank image, with several threads, as on any image that is alone; one thread needs hardly any other code.</summary>
    /// <param name="network">The network.</param>
    /// <returns>Its output.</returns>
    internal static float[] Run(NetworkSpecification network)
    {
        using ManagedNetwork managed = new(network, maxThreads: ThreadCount);
        using ManagedNetworkRun run = managed.CreateRun();
        run.Input.Clear();
        return run.Compute(ThreadCount).ToArray();
    }

    /// <summary>Returns a network whose weights are all zero, with two classes.</summary>
    internal static NetworkSpecification CreateNetwork()
    {
        MobileNetV2Architecture architecture = new(WidthMultiplier);
        WeightsDescription description = new() { Architecture = architecture };
        Dictionary<string, WeightTensor> tensors = new(StringComparer.Ordinal);
        foreach (ConvLayer layer in architecture.ConvLayers)
        {
            tensors.Add($"{layer.Name}.weight", new(layer.WeightShape, new float[layer.WeightCount]));
            tensors.Add($"{layer.Name}.bias", new([layer.OutputChannels], new float[layer.OutputChannels]));
        }

        string[] classes = ["first", "second"];
        DenseLayer dense = new(
            architecture.FeatureCount, classes.Length, HeadActivation.Softmax, new float[classes.Length * architecture.FeatureCount], new float[classes.Length]);
        MobileNetV2Weights weights = new(new Checkpoint(description.Name, tensors, new Dictionary<string, string>()), description);
        return new(weights, InputSize, MobileNetV2Output.Features) { Head = new([dense], classes, string.Empty) };
    }
}

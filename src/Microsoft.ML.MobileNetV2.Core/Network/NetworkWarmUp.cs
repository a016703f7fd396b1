using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Runs a small network, so that the code which any network needs is compiled.</summary>
internal static class NetworkWarmUp
{
    /// <summary>Few channels, for little work.</summary>
    private const float WidthMultiplier = 0.35f;

    private const int DefaultInputSize = 192;

    private const int ThreadCount = 2;

    /// <summary>Runs the network on a blank image, with one thread and with several.</summary>
    /// <param name="inputSize">The height and width of the image in pixels, from which follows which tiles a product has: few at 192, others too at 224.</param>
    /// <returns>The scores of its two classes, which are the same.</returns>
    internal static float[] Run(int inputSize = DefaultInputSize)
    {
        using ManagedNetwork network = new(CreateSpecification(inputSize), maxThreads: ThreadCount);
        using ManagedNetworkRun run = network.CreateRun();
        run.Input.Clear();
        run.Compute(threadCount: 1);
        return run.Compute(ThreadCount).ToArray();
    }

    /// <summary>Returns a network whose weights are all zero.</summary>
    internal static NetworkSpecification CreateSpecification(int inputSize = DefaultInputSize)
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
        return new(weights, inputSize, MobileNetV2Output.Features) { Head = new([dense], classes, string.Empty) };
    }
}

using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Makes networks of any width with random weights of the usual spread.</summary>
internal static class RandomWeights
{
    internal static MobileNetV2Weights Create(float widthMultiplier)
    {
        MobileNetV2Architecture architecture = new(widthMultiplier);
        Random random = new(1);
        Dictionary<string, WeightTensor> tensors = [];
        foreach (ConvLayer layer in architecture.ConvLayers)
        {
            double range = Math.Sqrt(6.0 / (layer.WeightCount / layer.OutputChannels));
            tensors.Add($"{layer.Name}.weight", new(layer.WeightShape, Fill(random, checked((int)layer.WeightCount), range)));
            tensors.Add($"{layer.Name}.bias", new([layer.OutputChannels], Fill(random, layer.OutputChannels, 0.1)));
        }

        WeightsDescription description = new()
        {
            Name = "random",
            Architecture = architecture,
            Padding = PaddingConvention.Same,
            Preprocessing = ImagePreprocessing.TensorFlow,
        };
        return new(new Checkpoint("random", tensors, new Dictionary<string, string>()), description);
    }

    private static float[] Fill(Random random, int count, double range) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble() - 1) * range))];
}

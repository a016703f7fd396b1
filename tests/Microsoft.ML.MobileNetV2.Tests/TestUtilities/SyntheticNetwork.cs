using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes the weights and inputs that the golden values were computed from: each number follows from its tensor's name and its index.</summary>
internal static class SyntheticNetwork
{
    internal const int ClassCount = 10;

    internal static MobileNetV2Weights Create(
        float widthMultiplier, PaddingConvention padding = PaddingConvention.Symmetric, int classCount = ClassCount, float depthMultiplier = 1)
    {
        MobileNetV2Architecture architecture = new(widthMultiplier, depthMultiplier);
        WeightsDescription description = new()
        {
            Name = FormattableString.Invariant($"synthetic {widthMultiplier}"),
            Architecture = architecture,
            Padding = padding,
            BatchNormEpsilon = padding == PaddingConvention.Same
                ? WeightsDescription.TensorFlowBatchNormEpsilon
                : WeightsDescription.TorchBatchNormEpsilon,
        };
        return new(new Checkpoint(description.Name, Tensors(architecture, classCount), new Dictionary<string, string>()), description);
    }

    /// <summary>Makes weights whose classes have names.</summary>
    internal static MobileNetV2Weights CreateWithClasses()
    {
        MobileNetV2Weights weights = Create(0.35f);
        return weights.WithDescription(weights.Description with { ClassNames = [.. Enumerable.Range(0, ClassCount).Select(index => $"class {index}")] });
    }

    internal static Dictionary<string, WeightTensor> Tensors(MobileNetV2Architecture architecture, int classCount = ClassCount)
    {
        Dictionary<string, WeightTensor> tensors = [];
        foreach (ConvLayer layer in architecture.ConvLayers)
        {
            AddConv(tensors, layer);
        }

        if (classCount > 0)
        {
            double range = 1 / Math.Sqrt(architecture.FeatureCount);
            Add(tensors, "classifier.1.weight", [classCount, architecture.FeatureCount], u => (2 * u - 1) * range);
            Add(tensors, "classifier.1.bias", [classCount], u => 0.2 * (2 * u - 1));
        }

        return tensors;
    }

    /// <summary>Makes the input of a size: shape (count, 3, size, size), values from −1 to 1.</summary>
    internal static float[] Input(int size, int count = 2) => Values($"input.{size}", count * 3 * size * size, u => 2 * u - 1);

    private static void AddConv(Dictionary<string, WeightTensor> tensors, ConvLayer layer)
    {
        double range = Math.Sqrt(6.0 / (layer.WeightShape[1] * layer.KernelSize * layer.KernelSize));
        Add(tensors, $"{layer.Name}.weight", layer.WeightShape, u => (2 * u - 1) * range);
        int[] channels = [layer.OutputChannels];
        Add(tensors, $"{layer.BatchNormName}.weight", channels, u => 0.8 + 0.4 * u);
        Add(tensors, $"{layer.BatchNormName}.bias", channels, u => 0.2 * (2 * u - 1));
        Add(tensors, $"{layer.BatchNormName}.running_mean", channels, u => 0.2 * (2 * u - 1));
        Add(tensors, $"{layer.BatchNormName}.running_var", channels, u => 0.5 + u);
    }

    private static void Add(Dictionary<string, WeightTensor> tensors, string name, IReadOnlyList<int> shape, Func<double, double> map) =>
        tensors.Add(name, new(shape, Values(name, shape.Aggregate(1, (product, dimension) => product * dimension), map)));

    private static float[] Values(string name, int count, Func<double, double> map)
    {
        ulong seed = Fnv1a(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)map((SplitMix(seed + (ulong)i) >> 40) / (double)(1 << 24));
        }

        return values;
    }

    private static ulong Fnv1a(string text) => text.Aggregate(0xCBF29CE484222325UL, (hash, letter) => (hash ^ letter) * 0x100000001B3UL);

    private static ulong SplitMix(ulong x)
    {
        ulong z = x + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes networks with random weights of several kinds, without a classifier.</summary>
internal sealed class RandomNetwork
{
    private const int FittingSize = 96;
    private const double SmallestVariance = 1e-4;

    private readonly Random _random = new(1);
    private readonly Dictionary<string, WeightTensor> _tensors = [];
    private readonly RandomNetworkKind _kind;

    private RandomNetwork(RandomNetworkKind kind) => _kind = kind;

    internal static MobileNetV2Weights Create(RandomNetworkKind kind, float widthMultiplier, PaddingConvention padding)
    {
        MobileNetV2Architecture architecture = new(widthMultiplier);
        RandomNetwork network = new(kind);
        foreach (ConvLayer layer in architecture.ConvLayers)
        {
            network.Add(layer);
        }

        WeightsDescription description = new() { Name = $"synthetic {kind}", Architecture = architecture, Padding = padding };
        MobileNetV2Weights weights = new(new Checkpoint(description.Name, network._tensors, new Dictionary<string, string>()), description);
        if (kind == RandomNetworkKind.FittedBatchNorm)
        {
            _ = new Float64Reference(weights) { OnSums = network.Fit }.FeatureMap(SyntheticNetwork.Input(FittingSize, 1), FittingSize);
        }

        return weights;
    }

    private void Add(ConvLayer layer)
    {
        int fanIn = layer.WeightShape.Skip(1).Aggregate((product, dimension) => product * dimension);
        int fanOut = layer.IsDepthwise ? fanIn : fanIn / layer.InputChannels * layer.OutputChannels;
        double[] ranges = Draw(layer.OutputChannels, () => _kind == RandomNetworkKind.WideRanges ? Math.Pow(10, 2 * Uniform()) : 1);
        double[] weight = _kind == RandomNetworkKind.Glorot
            ? Draw((int)layer.WeightCount, () => Math.Sqrt(6.0 / (fanIn + fanOut)) * Uniform())
            : Draw((int)layer.WeightCount, () => Math.Sqrt(2.0 / fanIn) * Normal());
        Add($"{layer.Name}.weight", layer.WeightShape, [.. weight.Select((value, index) => ranges[index / fanIn] * value)]);
        if (_kind == RandomNetworkKind.HeNormal)
        {
            Add($"{layer.Name}.bias", [layer.OutputChannels], Draw(layer.OutputChannels, () => 0.1 * Normal()));
        }
        else
        {
            AddBatchNorm(layer.BatchNormName, ranges);
        }
    }

    private void AddBatchNorm(string name, double[] ranges)
    {
        bool changes = _kind != RandomNetworkKind.Glorot;
        int[] shape = [ranges.Length];
        Add($"{name}.weight", shape, Draw(ranges.Length, () => changes ? 0.5 + _random.NextDouble() : 1));
        Add($"{name}.bias", shape, Draw(ranges.Length, () => changes ? 0.5 * Normal() : 0));
        Add($"{name}.running_mean", shape, [.. ranges.Select(range => changes ? 0.5 * range * Normal() : 0)]);
        Add($"{name}.running_var", shape, [.. ranges.Select(range => changes ? range * range * (0.3 + 1.7 * _random.NextDouble()) : 1)]);
    }

    /// <summary>Makes the statistics of a layer those of its sums.</summary>
    private void Fit(ConvLayer layer, double[] sums)
    {
        float[] mean = _tensors[$"{layer.BatchNormName}.running_mean"].Values;
        float[] variance = _tensors[$"{layer.BatchNormName}.running_var"].Values;
        for (int channel = 0; channel < mean.Length; channel++)
        {
            double[] values = [.. Enumerable.Range(0, sums.Length / mean.Length).Select(pixel => sums[pixel * mean.Length + channel])];
            double average = values.Average();
            mean[channel] = (float)average;
            variance[channel] = (float)Math.Max(SmallestVariance, values.Average(value => (value - average) * (value - average)));
        }
    }

    private void Add(string name, IReadOnlyList<int> shape, double[] values) => _tensors.Add(name, new(shape, [.. values.Select(value => (float)value)]));

    private double Uniform() => 2 * _random.NextDouble() - 1;

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static double[] Draw(int count, Func<double> number) => [.. Enumerable.Range(0, count).Select(_ => number())];
}

using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Tests.FineTuning;

/// <summary>Computes features and gradients of a network in float64, layer by layer as the formulae have them: slow, and easy to check.</summary>
internal sealed class Float64Network(MobileNetV2Weights weights, PaddingConvention padding, double epsilon, bool usesBatchStatistics)
{
    private readonly List<Action> _backward = [];
    private bool _isTrained;

    /// <summary>Gets the first block that is trained; what is before it uses running statistics and passes nothing back.</summary>
    internal int FirstBlock { get; init; }

    /// <summary>Gets the gradients of all tensors by name, after <see cref="Backward"/>.</summary>
    internal Dictionary<string, double[]> Gradients { get; } = [];

    /// <summary>Returns the features, row by row.</summary>
    internal Map Forward(float[] images, int count, int size)
    {
        Map map = new([.. images.Select(value => (double)value)], count, 3, size);
        List<Map> outputs = [];
        foreach (NetworkStep step in weights.Description.Architecture.Steps)
        {
            _isTrained = step switch
            {
                ConvStep { Block: { } block } => block.Index >= FirstBlock,
                ShortcutStep { Block: { } block } => block.Index >= FirstBlock,
                ConvStep { Role: ConvRole.Stem } => FirstBlock == 0,
                _ => true,
            };
            map = step switch
            {
                ConvStep conv => Normalize(Convolve(map, conv.Layer), conv.Layer),
                ShortcutStep shortcut => Add(map, outputs[shortcut.InputStep]),
                _ => Pool(map),
            };
            outputs.Add(map);
        }

        return map;
    }

    /// <summary>Passes back the gradient that is in the features.</summary>
    internal void Backward()
    {
        for (int i = _backward.Count - 1; i >= 0; i--)
        {
            _backward[i]();
        }
    }

    private void PassBack(Action action)
    {
        if (_isTrained)
        {
            _backward.Add(action);
        }
    }

    private double[] Read(string name) => [.. weights.Checkpoint.Require(name).Values.Select(value => (double)value)];

    private Map Convolve(Map input, ConvLayer layer)
    {
        double[] kernel = Read($"{layer.Name}.weight");
        double[] gradient = Gradients[$"{layer.Name}.weight"] = new double[kernel.Length];
        int before = layer.Padding(input.Size, padding).Before;
        Map output = new(input.Count, layer.OutputChannels, layer.OutputSize(input.Size));
        ForEachProduct(input, output, layer, before, (from, weight, to) => output.Values[to] += input.Values[from] * kernel[weight]);
        PassBack(() => ForEachProduct(input, output, layer, before, (from, weight, to) =>
        {
            input.Gradient[from] += output.Gradient[to] * kernel[weight];
            gradient[weight] += output.Gradient[to] * input.Values[from];
        }));
        return output;
    }

    private static void ForEachProduct(Map input, Map output, ConvLayer layer, int before, Action<int, int, int> action)
    {
        int inputsEach = layer.IsDepthwise ? 1 : layer.InputChannels;
        int kernelSize = layer.KernelSize;
        foreach ((int image, int channel, int y, int x) in output.Positions())
        {
            int to = output.IndexOf(image, channel, y, x);
            for (int i = 0; i < inputsEach; i++)
            {
                for (int tap = 0; tap < kernelSize * kernelSize; tap++)
                {
                    int row = y * layer.Stride - before + tap / kernelSize;
                    int column = x * layer.Stride - before + tap % kernelSize;
                    if (row >= 0 && row < input.Size && column >= 0 && column < input.Size)
                    {
                        int from = input.IndexOf(image, layer.IsDepthwise ? channel : i, row, column);
                        action(from, (channel * inputsEach + i) * kernelSize * kernelSize + tap, to);
                    }
                }
            }
        }
    }

    private Map Normalize(Map input, ConvLayer layer)
    {
        double[] scale = Read($"{layer.BatchNormName}.weight"), shift = Read($"{layer.BatchNormName}.bias");
        double[] means = Read($"{layer.BatchNormName}.running_mean"), variances = Read($"{layer.BatchNormName}.running_var");
        double[] scaleGradient = Gradients[$"{layer.BatchNormName}.weight"] = new double[scale.Length];
        double[] shiftGradient = Gradients[$"{layer.BatchNormName}.bias"] = new double[scale.Length];
        Map output = new(input.Count, input.Channels, input.Size);
        bool usesBatch = usesBatchStatistics && _isTrained;
        for (int c = 0; c < input.Channels; c++)
        {
            int[] indices = [.. input.IndicesOf(c)];
            double mean = usesBatch ? indices.Average(i => input.Values[i]) : means[c];
            double variance = usesBatch ? indices.Average(i => (input.Values[i] - mean) * (input.Values[i] - mean)) : variances[c];
            double inverse = 1 / Math.Sqrt(variance + epsilon);
            foreach (int i in indices)
            {
                double value = scale[c] * (input.Values[i] - mean) * inverse + shift[c];
                output.Values[i] = layer.HasRelu6 ? Math.Clamp(value, 0, 6) : value;
            }

            int channel = c;
            PassBack(() => NormalizeBack(input, output, indices, layer.HasRelu6, (mean, inverse, scale[channel]), out scaleGradient[channel], out shiftGradient[channel]));
        }

        return output;
    }

    private void NormalizeBack(
        Map input, Map output, int[] indices, bool hasRelu6, (double Mean, double Inverse, double Scale) norm, out double scaleGradient, out double shiftGradient)
    {
        double[] gradients = [.. indices.Select(i => hasRelu6 && (output.Values[i] is <= 0 or >= 6) ? 0 : output.Gradient[i])];
        double[] normalized = [.. indices.Select(i => (input.Values[i] - norm.Mean) * norm.Inverse)];
        scaleGradient = gradients.Zip(normalized, (a, b) => a * b).Sum();
        shiftGradient = gradients.Sum();
        for (int k = 0; k < indices.Length; k++)
        {
            double taken = usesBatchStatistics ? (shiftGradient + normalized[k] * scaleGradient) / indices.Length : 0;
            input.Gradient[indices[k]] += norm.Scale * norm.Inverse * (gradients[k] - taken);
        }
    }

    private Map Add(Map left, Map right)
    {
        Map output = new([.. left.Values.Zip(right.Values, (a, b) => a + b)], left.Count, left.Channels, left.Size);
        PassBack(() =>
        {
            for (int i = 0; i < output.Values.Length; i++)
            {
                left.Gradient[i] += output.Gradient[i];
                right.Gradient[i] += output.Gradient[i];
            }
        });
        return output;
    }

    private Map Pool(Map input)
    {
        int pixels = input.Size * input.Size;
        Map output = new(input.Count, input.Channels, 1);
        for (int i = 0; i < input.Values.Length; i++)
        {
            output.Values[i / pixels] += input.Values[i] / pixels;
        }

        PassBack(() =>
        {
            for (int i = 0; i < input.Values.Length; i++)
            {
                input.Gradient[i] += output.Gradient[i / pixels] / pixels;
            }
        });
        return output;
    }

    /// <summary>Represents the numbers between two layers: shape (images, channels, size, size).</summary>
    internal sealed record Map(double[] Values, int Count, int Channels, int Size)
    {
        internal Map(int count, int channels, int size)
            : this(new double[count * channels * size * size], count, channels, size)
        {
        }

        internal double[] Gradient { get; } = new double[Count * Channels * Size * Size];

        internal int IndexOf(int image, int channel, int y, int x) => ((image * Channels + channel) * Size + y) * Size + x;

        internal IEnumerable<(int Image, int Channel, int Y, int X)> Positions() =>
            from image in Enumerable.Range(0, Count)
            from channel in Enumerable.Range(0, Channels)
            from y in Enumerable.Range(0, Size)
            from x in Enumerable.Range(0, Size)
            select (image, channel, y, x);

        internal IEnumerable<int> IndicesOf(int channel) =>
            from image in Enumerable.Range(0, Count)
            from pixel in Enumerable.Range(0, Size * Size)
            select (image * Channels + channel) * Size * Size + pixel;
    }
}

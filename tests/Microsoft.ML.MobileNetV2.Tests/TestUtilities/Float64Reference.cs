using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Computes the last feature map of a network in float64, a layer at a time: what float32 rounds away from.</summary>
internal sealed class Float64Reference(MobileNetV2Weights weights)
{
    /// <summary>Gets what is called with the sums of each convolution, pixel by pixel, before its batch norm is read.</summary>
    internal Action<ConvLayer, double[]>? OnSums { get; init; }

    /// <summary>Returns the map of an image, shape (features, height, width).</summary>
    internal double[] FeatureMap(float[] image, int size)
    {
        double[] map = Transpose([.. image.Select(value => (double)value)], image.Length / (size * size));
        List<double[]> outputs = [];
        foreach (NetworkStep step in weights.Description.Architecture.Steps.TakeWhile(step => step is not PoolStep))
        {
            map = step is ShortcutStep shortcut ? Add(map, outputs[shortcut.InputStep]) : Convolve(((ConvStep)step).Layer, map, ref size);
            outputs.Add(map);
        }

        return Transpose(map, size * size);
    }

    /// <summary>Returns the mean of each channel of a map.</summary>
    internal static double[] Pool(double[] map, int channels) => [.. map.Chunk(map.Length / channels).Select(plane => plane.Average())];

    private static double[] Add(double[] left, double[] right)
    {
        double[] sum = new double[left.Length];
        TensorPrimitives.Add<double>(left, right, sum);
        return sum;
    }

    /// <summary>Turns rows into columns.</summary>
    private static double[] Transpose(double[] values, int rows)
    {
        int columns = values.Length / rows;
        return [.. values.Select((_, index) => values[index % rows * columns + index / rows])];
    }

    private double[] Convolve(ConvLayer layer, double[] input, ref int size)
    {
        int outputSize = layer.OutputSize(size);
        double[] output = new double[outputSize * outputSize * layer.OutputChannels];
        double[] kernel = Transpose(Read($"{layer.Name}.weight"), layer.OutputChannels);
        for (int pixel = 0; pixel < outputSize * outputSize; pixel++)
        {
            Span<double> sums = output.AsSpan(pixel * layer.OutputChannels, layer.OutputChannels);
            AddNeighbors(layer, input, size, Math.DivRem(pixel, outputSize), kernel, sums);
        }

        OnSums?.Invoke(layer, output);
        Normalize(layer, output);
        size = outputSize;
        return output;
    }

    private void AddNeighbors(ConvLayer layer, double[] input, int size, (int Row, int Column) pixel, double[] kernel, Span<double> sums)
    {
        int taps = layer.KernelSize * layer.KernelSize;
        int before = layer.Padding(size, weights.Description.Padding).Before;
        for (int tap = 0; tap < taps; tap++)
        {
            int row = pixel.Row * layer.Stride - before + tap / layer.KernelSize;
            int column = pixel.Column * layer.Stride - before + tap % layer.KernelSize;
            if ((uint)row >= (uint)size || (uint)column >= (uint)size)
            {
                continue;
            }

            ReadOnlySpan<double> neighbor = input.AsSpan((row * size + column) * layer.InputChannels, layer.InputChannels);
            if (layer.IsDepthwise)
            {
                TensorPrimitives.MultiplyAdd(neighbor, kernel.AsSpan(tap * sums.Length, sums.Length), sums, sums);
                continue;
            }

            for (int channel = 0; channel < neighbor.Length; channel++)
            {
                TensorPrimitives.MultiplyAdd(kernel.AsSpan((channel * taps + tap) * sums.Length, sums.Length), neighbor[channel], sums, sums);
            }
        }
    }

    private void Normalize(ConvLayer layer, double[] values)
    {
        (double[] scale, double[] shift) = NormOf(layer);
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i] * scale[i % scale.Length] + shift[i % scale.Length];
            values[i] = layer.HasRelu6 ? Math.Clamp(value, 0, 6) : value;
        }
    }

    private (double[] Scale, double[] Shift) NormOf(ConvLayer layer)
    {
        if (weights.Checkpoint.Tensors.ContainsKey($"{layer.Name}.bias"))
        {
            return ([.. Enumerable.Repeat(1.0, layer.OutputChannels)], Read($"{layer.Name}.bias"));
        }

        double[] mean = Read($"{layer.BatchNormName}.running_mean"), variance = Read($"{layer.BatchNormName}.running_var");
        double[] scale = [.. Read($"{layer.BatchNormName}.weight").Zip(variance, (factor, v) => factor / Math.Sqrt(v + weights.Description.BatchNormEpsilon))];
        return (scale, [.. Read($"{layer.BatchNormName}.bias").Select((shift, channel) => shift - mean[channel] * scale[channel])]);
    }

    private double[] Read(string name) => [.. weights.Checkpoint.Require(name).Values.Select(value => (double)value)];
}

using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Computes what follows the blocks: the last convolution, the mean over its pixels, and the dense layers.</summary>
internal sealed unsafe class OutputStage
{
    private readonly NetworkPlan _plan;
    private readonly int _channels;
    private readonly int _paddedChannels;
    private readonly int _lanes;
    private readonly DenseHead? _head;

    internal OutputStage(NetworkSpecification specification, NetworkPlan plan, int lanes)
    {
        _plan = plan;
        _lanes = lanes;
        _channels = plan.Last.OutputChannels;
        _paddedChannels = plan.Layout.Padded(_channels);
        _head = CreateHead(specification);
    }

    /// <summary>Runs the stage.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="last">The weights of the last convolution.</param>
    /// <param name="source">The output of the last block.</param>
    /// <param name="sourceStride">The distance from one of its pixels to the next.</param>
    /// <param name="map">Memory for the last map or its sums.</param>
    /// <param name="output">Takes the network's output.</param>
    internal void Run(NetworkKernels kernels, PackedPointwise last, float* source, int sourceStride, float* map, Span<float> output)
    {
        if (!_plan.KeepsMap)
        {
            new Span<float>(map, _paddedChannels).Clear();
        }

        kernels.Pointwise(new()
        {
            Weights = last,
            Input = source,
            InputStride = sourceStride,
            Output = map,
            OutputStride = _plan.KeepsMap ? _paddedChannels : 0,
            VectorStride = _lanes,
            PixelCount = _plan.MapPixels,
            HasRelu6 = true,
            IsAdded = !_plan.KeepsMap,
        });
        Finish(new(map, _plan.KeepsMap ? _plan.MapPixels * _paddedChannels : _channels), output);
    }

    private static DenseHead? CreateHead(NetworkSpecification specification)
    {
        if (!NetworkSpecification.IsOfClassifier(specification.Output))
        {
            return specification.Head is { } head ? new(head.Layers) : null;
        }

        (float[] weight, float[] bias) = specification.Weights.GetClassifier();
        HeadActivation activation = specification.Output == MobileNetV2Output.ClassScores ? HeadActivation.Softmax : HeadActivation.Linear;
        return new([new DenseLayer(weight.Length / bias.Length, bias.Length, activation, weight, bias)]);
    }

    private void Finish(Span<float> map, Span<float> output)
    {
        if (_plan.KeepsMap)
        {
            Transpose(map, output);
            return;
        }

        TensorPrimitives.Divide(map, _plan.MapPixels, map);
        if (_head is null)
        {
            map.CopyTo(output);
        }
        else
        {
            _head.Predict(map, output);
        }
    }

    /// <summary>Turns (pixels, channels) into (channels, pixels).</summary>
    private void Transpose(ReadOnlySpan<float> map, Span<float> output)
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            Span<float> plane = output.Slice(channel * _plan.MapPixels, _plan.MapPixels);
            for (int pixel = 0; pixel < plane.Length; pixel++)
            {
                plane[pixel] = map[pixel * _paddedChannels + channel];
            }
        }
    }
}

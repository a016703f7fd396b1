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
        _head = specification.CreateHead();
    }

    /// <summary>Computes the last convolution, or the channels of it that a part has; without a map as the output, its sums over the pixels.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="last">The weights of the last convolution.</param>
    /// <param name="maps">The output of the last block, and the memory for the last map or its sums.</param>
    /// <param name="part">The part.</param>
    internal void Convolve(NetworkKernels kernels, PackedPointwise last, BlockMaps maps, WorkPart part = default)
    {
        if (!_plan.KeepsMap)
        {
            (int start, int end) = last.VectorsOf(part);
            new Span<float>(maps.Output + start * _lanes, (end - start) * _lanes).Clear();
        }

        kernels.Pointwise(new()
        {
            Weights = last,
            Input = maps.Source,
            InputStride = maps.SourceStride,
            Output = maps.Output,
            OutputStride = _paddedChannels,
            VectorStride = _lanes,
            PixelCount = _plan.MapPixels,
            HasRelu6 = true,
            IsPooled = !_plan.KeepsMap,
            Part = part,
        });
    }

    /// <summary>Computes the network's output from the last map or its sums.</summary>
    internal void Finish(float* map, Span<float> output) => Finish(new Span<float>(map, _plan.KeepsMap ? _plan.MapPixels * _paddedChannels : _channels), output);

    private void Finish(Span<float> map, Span<float> output)
    {
        if (_plan.KeepsMap)
        {
            Transpose(map, output);
            return;
        }

        Divide(map, _plan.MapPixels);
        if (_head is null)
        {
            map.CopyTo(output);
        }
        else
        {
            _head.Predict(map, output);
        }
    }

    /// <summary>Divides numbers in place.</summary>
    /// <remarks>With vector instructions the compiler takes, at the first image, longer than this takes for a thousand images.</remarks>
    private static void Divide(Span<float> numbers, float divisor)
    {
        foreach (ref float number in numbers)
        {
            number /= divisor;
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

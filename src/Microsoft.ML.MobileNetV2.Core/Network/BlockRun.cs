namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Runs a block fused: tile by tile of output rows, it makes the widened rows, their depthwise convolution, and the projection.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="plan">How the network runs.</param>
/// <param name="arena">The memory.</param>
internal sealed unsafe class BlockRun(NetworkKernels kernels, NetworkPlan plan, NetworkArena arena)
{
    private readonly int _lanes = kernels.Lanes;

    /// <summary>Runs a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="source">The input; for the first block that of the network.</param>
    /// <param name="sourceStride">The distance from one pixel of the input to the next.</param>
    /// <param name="output">Takes the output; with a shortcut it is the input.</param>
    internal void Run(BlockPlan block, PackedBlock weights, float* source, int sourceStride, float* output)
    {
        int produced = 0;
        for (int start = 0; start < block.OutputSize; start += block.TileRows)
        {
            int end = Math.Min(block.OutputSize, start + block.TileRows);
            int needed = Math.Min(block.Size, (end - 1) * block.Depthwise.Stride - block.Padding.Before + 3);
            Produce(block, weights.Produce, source, sourceStride, produced, needed);
            produced = Math.Max(produced, needed);
            Convolve(block, weights.Depthwise, start, end);
            Project(block, weights.Project, start, end, output);
        }
    }

    /// <summary>Makes rows of the widened map, in one go up to the end of the ring.</summary>
    private void Produce(BlockPlan block, PackedPointwise weights, float* source, int sourceStride, int start, int end)
    {
        for (int row = start; row < end;)
        {
            int ringRow = row % block.RingRows;
            int count = Math.Min(end - row, block.RingRows - ringRow);
            float* input = source + (nint)row * block.Size * sourceStride;
            if (block.IsFirst)
            {
                input = arena.Patches;
                StemPatches.Fill(block, source, row, count, input);
            }

            kernels.Pointwise(new()
            {
                Weights = weights,
                Input = input,
                InputStride = sourceStride,
                Output = arena.Ring + (nint)ringRow * block.Size * _lanes,
                OutputStride = _lanes,
                VectorStride = plan.Layout.RingVectorStride(block),
                PixelCount = count * block.Size,
                HasRelu6 = true,
            });
            row += count;
        }
    }

    private void Convolve(BlockPlan block, PackedDepthwise weights, int start, int end)
    {
        DepthwiseRowArguments row = new()
        {
            OutputStride = ArenaLayout.DepthwiseStride(block),
            Width = block.OutputSize,
            PaddingBefore = block.Padding.Before,
            PaddingAfter = (block.OutputSize - 1) * block.Depthwise.Stride - block.Padding.Before + 2 >= block.Size ? 1 : 0,
        };
        nint rowLength = block.OutputSize * row.OutputStride;
        for (int vector = 0; vector < weights.VectorCount; vector++)
        {
            float* ring = arena.Ring + (nint)vector * plan.Layout.RingVectorStride(block);
            row.Weights = weights.WeightsOf(vector);
            for (int y = start; y < end; y++)
            {
                int top = y * block.Depthwise.Stride - block.Padding.Before;
                row.Row0 = RowOf(block, ring, top);
                row.Row1 = RowOf(block, ring, top + 1);
                row.Row2 = RowOf(block, ring, top + 2);
                row.Output = arena.DepthwiseOutput + (y - start) * rowLength + vector * _lanes;
                kernels.Depthwise(block.Depthwise.Stride, &row);
            }
        }
    }

    private float* RowOf(BlockPlan block, float* ring, int row) =>
        row < 0 || row >= block.Size ? arena.Zeros : ring + (nint)(row % block.RingRows) * block.Size * _lanes;

    private void Project(BlockPlan block, PackedPointwise weights, int start, int end, float* output)
    {
        nint outputStride = plan.Layout.Padded(block.Project.OutputChannels);
        float* first = output + start * block.OutputSize * outputStride;
        int pixels = (end - start) * block.OutputSize;
        kernels.Pointwise(new()
        {
            Weights = weights,
            Input = arena.DepthwiseOutput,
            InputStride = ArenaLayout.DepthwiseStride(block),
            Output = first,
            OutputStride = outputStride,
            VectorStride = _lanes,
            PixelCount = pixels,
            IsAdded = block.IsInPlace,
        });
        if (block.HasShortcut && !block.IsInPlace)
        {
            AddRing(block, start, end, first);
        }
    }

    /// <summary>Adds the widened rows themselves, which are the input of a block that does not widen.</summary>
    private void AddRing(BlockPlan block, int start, int end, float* output)
    {
        int channels = block.Project.OutputChannels;
        int stride = plan.Layout.Padded(channels);
        for (int y = start; y < end; y++)
        {
            float* ring = RowOf(block, arena.Ring, y);
            for (int x = 0; x < block.Size; x++, output += stride)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    output[channel] += ring[(nint)(channel / _lanes) * plan.Layout.RingVectorStride(block) + x * _lanes + channel % _lanes];
                }
            }
        }
    }
}

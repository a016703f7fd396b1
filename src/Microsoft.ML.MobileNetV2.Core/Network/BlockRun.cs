namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Runs blocks, or parts of them, fused: the widened rows, their depthwise convolution, and the projection.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="plan">How the network runs.</param>
/// <param name="arena">The memory of the maps.</param>
/// <param name="scratch">The memory of the widened rows.</param>
internal sealed unsafe class BlockRun(NetworkKernels kernels, NetworkPlan plan, NetworkArena arena, NetworkScratch scratch)
{
    private readonly int _lanes = kernels.Lanes;

    /// <summary>Gets the bytes of the memory of the widened rows.</summary>
    internal long ByteCount => scratch.ByteCount;

    /// <summary>Runs a block tile by tile, or those rows of its output that a part has.</summary>
    /// <param name="block">The block.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="maps">Its input and output.</param>
    /// <param name="part">The part.</param>
    internal void Run(BlockPlan block, PackedBlock weights, BlockMaps maps, WorkPart part = default)
    {
        (int first, int last) = part.Of(block.OutputSize);
        int produced = Math.Max(0, first * block.Depthwise.Stride - block.Padding.Before);
        int tileCount = (last - first + block.TileRows - 1) / block.TileRows;
        for (int tile = 0; tile < tileCount; tile++)
        {
            (int start, int end) = new WorkPart(tile, tileCount).Of(last - first);
            start += first;
            end += first;
            int needed = Math.Min(block.Size, (end - 1) * block.Depthwise.Stride - block.Padding.Before + 3);
            Produce(block, weights.Produce, maps, produced, needed);
            produced = Math.Max(produced, needed);
            Convolve(block, weights.Depthwise, (0, weights.Depthwise.VectorCount), start, end);
            Project(block, weights.Project, maps, start, new(0, block.OutputSize * (end - start)));
            if (block.HasShortcut && !block.AddsInput)
            {
                AddRing(block, start, end, maps.Output);
            }
        }
    }

    /// <summary>Makes some channels of the whole widened map of a block that runs in one tile, and of its depthwise convolution.</summary>
    internal void Widen(BlockPlan block, PackedBlock weights, BlockMaps maps, WorkPart part)
    {
        Produce(block, weights.Produce, maps, 0, block.Size, part);
        Convolve(block, weights.Depthwise, weights.Produce.VectorsOf(part), 0, block.OutputSize);
    }

    /// <summary>Projects some pixels of a block that runs in one tile, when all channels of its widened map are there.</summary>
    internal void Project(BlockPlan block, PackedBlock weights, BlockMaps maps, WorkPart part) =>
        Project(block, weights.Project, maps, 0, part.Of(block.OutputSize * block.OutputSize));

    /// <summary>Makes rows of the widened map, in one go up to the end of the ring.</summary>
    private void Produce(BlockPlan block, PackedPointwise weights, BlockMaps maps, int start, int end, WorkPart part = default)
    {
        for (int row = start; row < end;)
        {
            int ringRow = row % block.RingRows;
            int count = Math.Min(end - row, block.RingRows - ringRow);
            float* input = maps.Source + (nint)row * block.Size * maps.SourceStride;
            if (block.IsFirst)
            {
                input = scratch.Patches;
                StemPatches.Fill(block, maps.Source, row, count, input);
            }

            kernels.Pointwise(new()
            {
                Weights = weights,
                Input = input,
                InputStride = maps.SourceStride,
                Output = scratch.Ring + (nint)ringRow * block.Size * _lanes,
                OutputStride = _lanes,
                VectorStride = plan.Layout.RingVectorStride(block),
                PixelCount = count * block.Size,
                HasRelu6 = true,
                Part = part,
            });
            row += count;
        }
    }

    private void Convolve(BlockPlan block, PackedDepthwise weights, (int Start, int End) vectors, int start, int end)
    {
        DepthwiseRowArguments row = new()
        {
            OutputStride = ArenaLayout.DepthwiseStride(block),
            Width = block.OutputSize,
            PaddingBefore = block.Padding.Before,
            PaddingAfter = (block.OutputSize - 1) * block.Depthwise.Stride - block.Padding.Before + 2 >= block.Size ? 1 : 0,
        };
        nint rowLength = block.OutputSize * row.OutputStride;
        for (int vector = vectors.Start; vector < vectors.End; vector++)
        {
            float* ring = scratch.Ring + (nint)vector * plan.Layout.RingVectorStride(block);
            row.Weights = weights.WeightsOf(vector);
            for (int y = start; y < end; y++)
            {
                int top = y * block.Depthwise.Stride - block.Padding.Before;
                row.Row0 = RowOf(block, ring, top);
                row.Row1 = RowOf(block, ring, top + 1);
                row.Row2 = RowOf(block, ring, top + 2);
                row.Output = scratch.DepthwiseOutput + (y - start) * rowLength + vector * _lanes;
                kernels.Depthwise(block.Depthwise.Stride, &row);
            }
        }
    }

    /// <summary>Projects some pixels of a tile.</summary>
    /// <param name="block">The block.</param>
    /// <param name="weights">The weights of the projection.</param>
    /// <param name="maps">The input, which a shortcut adds, and the output.</param>
    /// <param name="tileRow">The first row of the tile.</param>
    /// <param name="pixels">The pixels, counted from the first one of the tile.</param>
    private void Project(BlockPlan block, PackedPointwise weights, BlockMaps maps, int tileRow, (int Start, int End) pixels)
    {
        nint inputStride = ArenaLayout.DepthwiseStride(block);
        nint outputStride = plan.Layout.Padded(block.Project.OutputChannels);
        nint first = (tileRow * block.OutputSize + pixels.Start) * outputStride;
        if (pixels.Start < pixels.End)
        {
            kernels.Pointwise(new()
            {
                Weights = weights,
                Input = scratch.DepthwiseOutput + pixels.Start * inputStride,
                InputStride = inputStride,
                Output = maps.Output + first,
                OutputStride = outputStride,
                VectorStride = _lanes,
                PixelCount = pixels.End - pixels.Start,
                Addend = block.AddsInput ? maps.Source + first : null,
            });
        }
    }

    private float* RowOf(BlockPlan block, float* ring, int row) =>
        row < 0 || row >= block.Size ? arena.Zeros : ring + (nint)(row % block.RingRows) * block.Size * _lanes;

    /// <summary>Adds the widened rows themselves, which are the input of a block that does not widen.</summary>
    private void AddRing(BlockPlan block, int start, int end, float* output)
    {
        int channels = block.Project.OutputChannels;
        int stride = plan.Layout.Padded(channels);
        output += start * block.OutputSize * stride;
        for (int y = start; y < end; y++)
        {
            float* ring = RowOf(block, scratch.Ring, y);
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

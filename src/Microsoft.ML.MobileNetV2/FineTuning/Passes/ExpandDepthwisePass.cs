namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Runs expand, batch norm, ReLU6 and the depthwise convolution: the widened rows stay in the cache, only the convolution's output is written.</summary>
internal sealed unsafe class ExpandDepthwisePass(TrainingState state) : BatchPass(state)
{
    private BlockState _block = null!;

    internal void Run(BlockState block)
    {
        _block = block;
        RunAll();
        if (State.UsesBatchStatistics)
        {
            long count = (long)State.ImageCount * block.OutputPixels;
            for (int channel = 0; channel < block.DepthwiseNorm.Padded; channel++)
            {
                (double sum, double squares) = State.TakeSums(channel);
                block.DepthwiseNorm.SetToBatch(channel, State.ParametersStart, sum, squares, count, leavesShiftOut: false);
            }
        }
        else
        {
            block.DepthwiseNorm.SetToRunning(State.ParametersStart);
        }
    }

    protected override void Run(Workspace workspace, int first, int end)
    {
        for (int image = first; image < end; image++)
        {
            RunImage(workspace, image);
        }
    }

    private void RunImage(Workspace workspace, int image)
    {
        Network.BlockPlan plan = _block.Plan;
        int produced = 0;
        for (int start = 0; start < plan.OutputSize; start += plan.TileRows)
        {
            int end = Math.Min(plan.OutputSize, start + plan.TileRows);
            int needed = Math.Min(plan.Size, (end - 1) * plan.Depthwise.Stride - plan.Padding.Before + 3);
            Produce(workspace, image, produced, needed);
            produced = Math.Max(produced, needed);
            for (int row = start; row < end; row++)
            {
                Convolve(workspace, image, row);
            }

            workspace.EndSums(_block.DepthwiseNorm.Padded, State.UsesBatchStatistics);
        }
    }

    /// <summary>Makes rows of the widened map, in one go up to the end of the ring.</summary>
    private void Produce(Workspace workspace, int image, int start, int end)
    {
        int ringRows = _block.RingRows;
        float* ring = _block.ActivationsOf(image, workspace);
        for (int row = start; row < end;)
        {
            int ringRow = row % ringRows;
            int count = Math.Min(end - row, ringRows - ringRow);
            PixelRun source = BlockSource.RowsOf(State, _block, workspace, image, row, count);
            Kernels.Multiply(
                new()
                {
                    Left = source.Pointer,
                    LeftStride = source.Stride,
                    Rows = source.Count,
                    Bias = _block.Expand.Norm.Shift,
                    Output = ring + (nint)ringRow * _block.Plan.Size * _block.Stride,
                    OutputStride = _block.Stride,
                    HasRelu6 = true,
                },
                _block.Expand.Forward);
            row += count;
        }
    }

    private void Convolve(Workspace workspace, int image, int row)
    {
        Network.BlockPlan plan = _block.Plan;
        int stride = plan.Depthwise.Stride;
        int top = row * stride - plan.Padding.Before;
        int channels = _block.Expand.PaddedOutputs;
        Kernels.Depthwise(stride, new()
        {
            Row0 = RowOf(workspace, image, top),
            Row1 = RowOf(workspace, image, top + 1),
            Row2 = RowOf(workspace, image, top + 2),
            InputStride = _block.Stride,
            Weights = State.ParametersStart + _block.DepthwiseStart,
            Channels = channels,
            Output = _block.DepthwiseOutput + ((nint)image * _block.OutputPixels + row * plan.OutputSize) * channels,
            Width = plan.OutputSize,
            PaddingBefore = plan.Padding.Before,
            PaddingAfter = (plan.OutputSize - 1) * stride - plan.Padding.Before + 2 >= plan.Size ? 1 : 0,
            Sums = workspace.Sums,
            SquareSums = workspace.ProductSums,
            IsStreamed = State.IsStreamed(_block),
        });
    }

    private float* RowOf(Workspace workspace, int image, int row) => row < 0 || row >= _block.Plan.Size
        ? workspace.Zeros
        : _block.ActivationsOf(image, workspace) + (nint)(row % _block.RingRows) * _block.Plan.Size * _block.Stride;
}

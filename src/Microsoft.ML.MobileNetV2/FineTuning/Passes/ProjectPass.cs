namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Runs batch norm and ReLU6 behind the depthwise convolution, and the projection.</summary>
internal sealed unsafe class ProjectPass(TrainingState state) : BatchPass(state)
{
    private BlockState _block = null!;

    internal void Run(BlockState block)
    {
        _block = block;
        RunAll();
        if (State.UsesBatchStatistics)
        {
            long count = (long)State.ImageCount * block.OutputPixels;
            for (int channel = 0; channel < block.ProjectPadded; channel++)
            {
                (double sum, double squares) = State.TakeSums(channel);
                block.ProjectNorm.SetToBatch(channel, State.ParametersStart, sum, squares, count, leavesShiftOut: true);
            }
        }
        else
        {
            block.ProjectNorm.SetToRunning(State.ParametersStart);
        }
    }

    protected override void Run(Workspace workspace, int first, int end)
    {
        int channels = _block.Expand.PaddedOutputs;
        int tile = BackwardTiles.PixelsOf(_block.Stride);
        nint pixelEnd = (nint)end * _block.OutputPixels;
        for (nint pixel = (nint)first * _block.OutputPixels; pixel < pixelEnd; pixel += tile)
        {
            int count = (int)Math.Min(tile, pixelEnd - pixel);
            PixelRun values = new(_block.DepthwiseOutput + pixel * channels, channels, channels, count);
            Kernels.Activate(values, _block.DepthwiseNorm.Scale, _block.DepthwiseNorm.Shift, workspace.Activations, _block.Stride);
            float* output = _block.ProjectOutput + pixel * _block.ProjectPadded;
            Kernels.Multiply(
                new()
                {
                    Left = workspace.Activations,
                    LeftStride = _block.Stride,
                    Rows = count,
                    Output = output,
                    OutputStride = _block.ProjectPadded,
                },
                _block.ProjectForward);
            if (State.UsesBatchStatistics)
            {
                Kernels.AddSums(
                    output, _block.ProjectPadded, new(output, _block.ProjectPadded, _block.ProjectPadded, count), workspace.Sums, workspace.ProductSums);
                workspace.EndSums(_block.ProjectPadded, isKept: true);
            }
        }
    }
}

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Passes the gradient back through the projection, and through ReLU6 before it; its result is the gradient behind the depthwise batch norm.</summary>
internal sealed unsafe class ProjectGradientPass(TrainingState state, DepthwiseGradients gradients) : BatchPass(state)
{
    private BlockState _block = null!;

    internal void Run(BlockState block)
    {
        _block = block;
        RunAll();
        long count = State.UsesBatchStatistics ? (long)State.ImageCount * block.OutputPixels : 0;
        for (int channel = 0; channel < block.DepthwiseNorm.Padded; channel++)
        {
            (double sum, double productSum) = State.TakeSums(channel);
            block.DepthwiseNorm.SetGradient(channel, State.GradientsStart, sum, productSum, count);
        }
    }

    protected override void Run(Workspace workspace, int first, int end)
    {
        int tile = BackwardTiles.PixelsOf(_block.Stride);
        nint pixelEnd = (nint)end * _block.OutputPixels;
        for (nint pixel = (nint)first * _block.OutputPixels; pixel < pixelEnd; pixel += tile)
        {
            RunTile(workspace, pixel, (int)Math.Min(tile, pixelEnd - pixel));
        }
    }

    private void RunTile(Workspace workspace, nint pixel, int count)
    {
        int channels = _block.Expand.PaddedOutputs;
        int narrow = _block.ProjectPadded;
        int differenceStride = Numerics.AlignedMemory.OddLines(narrow);
        BatchNorm norm = _block.ProjectNorm;
        Kernels.CombineGradient(
            State.OutputGradient + pixel * narrow,
            new(_block.ProjectOutput + pixel * narrow, narrow, narrow, count),
            norm.GradientScale,
            norm.ValueScale,
            norm.GradientShift,
            workspace.Differences,
            differenceStride);
        float* values = _block.DepthwiseOutput + pixel * channels;
        Kernels.Activate(
            new(values, channels, channels, count), _block.DepthwiseNorm.Scale, _block.DepthwiseNorm.Shift, workspace.Activations, _block.Stride);
        Kernels.MultiplyTransposed(new()
        {
            Left = workspace.Activations,
            LeftStride = _block.Stride,
            LeftColumns = _block.Expand.Outputs,
            Right = workspace.Differences,
            RightStride = differenceStride,
            RightColumns = narrow,
            Pixels = count,
            Output = workspace.Gradients + _block.ProjectStart,
            OutputStride = narrow,
        });
        Kernels.Multiply(
            new()
            {
                Left = workspace.Differences,
                LeftStride = differenceStride,
                Rows = count,
                Output = workspace.ActivationGradients,
                OutputStride = _block.Stride,
            },
            _block.ProjectBackward);
        Kernels.MaskAndSum(new()
        {
            Activations = new(workspace.Activations, _block.Stride, channels, count),
            Gradient = workspace.ActivationGradients,
            Values = values,
            Output = gradients.Start + pixel * channels,
            OutputStride = channels,
            Sums = workspace.Sums,
            ProductSums = workspace.ProductSums,
            IsStreamed = State.IsStreamed(_block),
        });
        workspace.EndSums(channels, isKept: true);
    }
}

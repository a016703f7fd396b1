namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Passes the gradient back through the depthwise convolution and the one that widens, on bands of rows that stay in the cache.</summary>
/// <remarks>The widened activations are computed again unless they were kept, and their gradient is never written to memory.</remarks>
internal sealed unsafe class DepthwiseGradientPass(TrainingState state, DepthwiseGradients gradients) : BatchPass(state)
{
    private BlockState _block = null!;
    private bool _needsInputGradient;

    internal void Run(BlockState block, bool needsInputGradient)
    {
        _block = block;
        _needsInputGradient = needsInputGradient;
        RunAll();
    }

    protected override void Run(Workspace workspace, int first, int end)
    {
        int rows = BackwardTiles.RowsOf(_block.Plan, _block.Stride);
        for (int image = first; image < end; image++)
        {
            for (int row = 0; row < _block.Plan.Size; row += rows)
            {
                RunBand(workspace, image, row, Math.Min(_block.Plan.Size, row + rows));
            }
        }
    }

    private void RunBand(Workspace workspace, int image, int start, int end)
    {
        ExpandState expand = _block.Expand;
        PixelRun source = BlockSource.RowsOf(State, _block, workspace, image, start, end - start);
        float* activations = _block.ActivationsOf(image, workspace);
        if (_block.KeepsActivations)
        {
            activations += (nint)start * _block.Plan.Size * _block.Stride;
        }
        else
        {
            ComputeActivations(source, activations);
        }

        int firstOutput = FirstOutputOf(start);
        LoadDifferences(workspace, image, firstOutput, LastOutputOf(end - 1));
        for (int row = start; row < end; row++)
        {
            PassRowBack(workspace, activations, row, row - start, firstOutput);
        }

        workspace.EndSums(expand.PaddedOutputs, isKept: true);
        nint offset = ((nint)image * expand.Pixels + start * _block.Plan.Size) * expand.PaddedInputs;
        ExpandBackward.Run(
            State,
            expand,
            workspace,
            new(workspace.ActivationGradients, _block.Stride, expand.PaddedOutputs, source.Count),
            source,
            _needsInputGradient ? State.InputGradient + offset : null);
    }

    private void ComputeActivations(PixelRun source, float* activations) => Kernels.Multiply(
        new()
        {
            Left = source.Pointer,
            LeftStride = source.Stride,
            Rows = source.Count,
            Bias = _block.Expand.Norm.Shift,
            Output = activations,
            OutputStride = _block.Stride,
            HasRelu6 = true,
        },
        _block.Expand.Forward);

    /// <summary>Returns the first output row whose kernels see an input row; it may lie outside of the map.</summary>
    private int FirstOutputOf(int row) => (row + _block.Plan.Padding.Before - 2 + _block.Plan.Depthwise.Stride - 1) / _block.Plan.Depthwise.Stride;

    private int LastOutputOf(int row) => Math.Min(_block.Plan.OutputSize - 1, (row + _block.Plan.Padding.Before) / _block.Plan.Depthwise.Stride);

    /// <summary>Computes the gradient before the depthwise batch norm for some output rows, with a zero pixel before and after each.</summary>
    private void LoadDifferences(Workspace workspace, int image, int first, int last)
    {
        int channels = _block.Expand.PaddedOutputs;
        int width = _block.Plan.OutputSize;
        BatchNorm norm = _block.DepthwiseNorm;
        for (int row = Math.Max(0, first); row <= last; row++)
        {
            nint offset = ((nint)image * _block.OutputPixels + row * width) * channels;
            float* difference = DifferenceRow(workspace, row, first);
            new Span<float>(difference, channels).Clear();
            new Span<float>(difference + (nint)(width + 1) * _block.Stride, channels).Clear();
            Kernels.CombineGradient(
                gradients.Start + offset,
                new(_block.DepthwiseOutput + offset, channels, channels, width),
                norm.GradientScale,
                norm.ValueScale,
                norm.GradientShift,
                difference + _block.Stride,
                _block.Stride);
        }
    }

    private float* DifferenceRow(Workspace workspace, int row, int first) => row < 0 || row >= _block.Plan.OutputSize
        ? workspace.Zeros
        : workspace.Differences + (nint)(row - Math.Max(0, first)) * (_block.Plan.OutputSize + 2) * _block.Stride;

    private void PassRowBack(Workspace workspace, float* activations, int row, int bandRow, int firstOutput)
    {
        int stride = _block.Plan.Depthwise.Stride;
        int position = row + _block.Plan.Padding.Before;
        bool isBetween = stride == 2 && position % 2 == 1;
        nint offset = (nint)bandRow * _block.Plan.Size * _block.Stride;
        float* zeroth = isBetween ? null : DifferenceRow(workspace, position / stride, firstOutput);
        float* first = stride == 2 && !isBetween ? null : DifferenceRow(workspace, (position - 1) / stride, firstOutput);
        float* second = isBetween ? null : DifferenceRow(workspace, position >= 2 ? (position - 2) / stride : -1, firstOutput);
        Kernels.DepthwiseGradient(stride, new()
        {
            Row0 = zeroth,
            Row1 = first,
            Row2 = second,
            Stride = _block.Stride,
            Weights = State.ParametersStart + _block.DepthwiseStart,
            WeightsGradient = workspace.Gradients + _block.DepthwiseStart,
            Channels = _block.Expand.PaddedOutputs,
            Activations = activations + offset,
            Output = workspace.ActivationGradients + offset,
            Width = _block.Plan.Size,
            PaddingBefore = _block.Plan.Padding.Before,
            Sums = workspace.Sums,
        });
    }
}

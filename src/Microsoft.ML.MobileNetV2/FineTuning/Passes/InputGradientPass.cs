namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Finishes the gradient of a map: what the batch norm above takes off, the shortcut, and the sums that the batch norm below needs.</summary>
internal sealed unsafe class InputGradientPass(TrainingState state) : BatchPass(state)
{
    private const int TilePixels = 192;

    private ExpandState _expand = null!;
    private BlockState _below = null!;
    private float* _input;
    private bool _hasShortcut;

    /// <summary>Finishes the gradient of the input of a convolution.</summary>
    /// <param name="expand">The convolution that widens the map.</param>
    /// <param name="input">The map of all images.</param>
    /// <param name="hasShortcut">Whether the gradient behind the block is added.</param>
    /// <param name="below">The block whose output the map is.</param>
    internal void Run(ExpandState expand, float* input, bool hasShortcut, BlockState below)
    {
        _expand = expand;
        _input = input;
        _hasShortcut = hasShortcut;
        _below = below;
        RunAll();
        long count = State.UsesBatchStatistics ? (long)State.ImageCount * expand.Pixels : 0;
        for (int channel = 0; channel < below.ProjectPadded; channel++)
        {
            (double sum, double productSum) = State.TakeSums(channel);
            below.ProjectNorm.SetGradient(channel, State.GradientsStart, sum, productSum, count);
        }
    }

    protected override void Run(Workspace workspace, int first, int end)
    {
        int channels = _expand.PaddedInputs;
        nint pixelEnd = (nint)end * _expand.Pixels;
        for (nint pixel = (nint)first * _expand.Pixels; pixel < pixelEnd; pixel += TilePixels)
        {
            int count = (int)Math.Min(TilePixels, pixelEnd - pixel);
            float* gradient = State.InputGradient + pixel * channels;
            if (State.UsesBatchStatistics)
            {
                Correct(_input + pixel * channels, gradient, count);
            }

            if (_hasShortcut)
            {
                Kernels.Add(State.OutputGradient + pixel * channels, gradient, count * channels);
            }

            Kernels.AddSums(
                gradient, channels, new(_below.ProjectOutput + pixel * channels, channels, channels, count), workspace.Sums, workspace.ProductSums);
            workspace.EndSums(channels, isKept: true);
        }
    }

    private void Correct(float* input, float* gradient, int count) => Kernels.Multiply(
        new()
        {
            Left = input,
            LeftStride = _expand.PaddedInputs,
            Rows = count,
            Bias = _expand.CorrectionBias,
            Output = gradient,
            OutputStride = _expand.PaddedInputs,
            IsAdded = true,
        },
        _expand.Correction);
}

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Runs the batch norm behind a projection and the shortcut, and sums the products of channels for the statistics of the next convolution.</summary>
internal sealed unsafe class BlockOutputPass(TrainingState state) : BatchPass(state)
{
    private const int TilePixels = 192;

    private BlockState _block = null!;
    private float* _output;

    internal void Run(int index)
    {
        _block = State.Blocks[index];
        _output = State.OutputOf(index);
        if (State.UsesBatchStatistics)
        {
            TrackMean(State.ExpandAfter(index));
        }

        RunAll();
    }

    protected override void Run(Workspace workspace, int first, int end)
    {
        int channels = _block.ProjectPadded;
        nint pixelEnd = (nint)end * _block.OutputPixels;
        for (nint pixel = (nint)first * _block.OutputPixels; pixel < pixelEnd; pixel += TilePixels)
        {
            int count = (int)Math.Min(TilePixels, pixelEnd - pixel);
            float* output = _output + pixel * channels;
            Kernels.Normalize(
                new(_block.ProjectOutput + pixel * channels, channels, channels, count),
                _block.ProjectNorm.Scale,
                _block.ProjectNorm.Shift,
                _block.Plan.HasShortcut ? _block.Input + pixel * channels : null,
                output);
            if (State.UsesBatchStatistics)
            {
                workspace.AddGram(Kernels, new(output, channels, channels, count), _block.Plan.Project.OutputChannels);
            }
        }

        workspace.FlushGram(_block.Plan.Project.OutputChannels * channels);
    }

    /// <summary>Follows the mean of the output, of which the stored output lacks β and what the input lacks already.</summary>
    private void TrackMean(ExpandState next)
    {
        for (int channel = 0; channel < _block.ProjectPadded; channel++)
        {
            float shift = State.Parameters[_block.ProjectNorm.ShiftStart + channel];
            next.InputMean[channel] = shift + (_block.Plan.HasShortcut ? _block.Expand.InputMean[channel] : 0);
            next.StoredMean[channel] = 0;
        }
    }
}

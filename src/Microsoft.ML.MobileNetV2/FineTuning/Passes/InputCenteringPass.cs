namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Takes the mean over the batch off the first input, and sums the products of its channels for the statistics of the first batch norm.</summary>
internal sealed unsafe class InputCenteringPass(TrainingState state) : BatchPass(state)
{
    private ExpandState _expand = null!;
    private float* _input;
    private bool _isCentering;

    internal void Run()
    {
        _expand = State.ExpandAfter(-1);
        _input = State.OutputOf(-1);
        _isCentering = false;
        RunAll();
        double count = (double)State.ImageCount * _expand.Pixels;
        for (int channel = 0; channel < _expand.PaddedInputs; channel++)
        {
            (double sum, _) = State.TakeSums(channel);
            _expand.InputMean[channel] = (float)(sum / count);
            _expand.StoredMean[channel] = 0;
        }

        _isCentering = true;
        RunAll();
    }

    protected override void Run(Workspace workspace, int first, int end)
    {
        int channels = _expand.PaddedInputs;
        for (int image = first; image < end; image++)
        {
            PixelRun pixels = new(_input + (nint)image * _expand.Pixels * channels, channels, channels, _expand.Pixels);
            if (_isCentering)
            {
                Center(pixels);
                workspace.AddGram(Kernels, pixels, _expand.Inputs);
            }
            else
            {
                Kernels.AddPixels(pixels, workspace.Sums);
                workspace.EndSums(channels, isKept: true);
            }
        }

        workspace.FlushGram(_expand.Inputs * channels);
    }

    private void Center(PixelRun pixels)
    {
        float* values = pixels.Pointer;
        for (int pixel = 0; pixel < pixels.Count; pixel++, values += pixels.Stride)
        {
            for (int channel = 0; channel < pixels.Channels; channel++)
            {
                values[channel] -= _expand.InputMean[channel];
            }
        }
    }
}

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Passes the gradient of the features back through the mean over pixels, ReLU6, batch norm and the last convolution.</summary>
internal sealed unsafe class FeaturesGradientPass(TrainingState state) : BatchPass(state)
{
    /// <summary>Images whose pixels are multiplied together: a gradient of weights as large as this one is otherwise read too often.</summary>
    private const int ImagesPerProduct = 2;

    internal void Run() => RunAll();

    protected override void Run(Workspace workspace, int first, int end)
    {
        ExpandState expand = State.Last.Expand;
        for (int start = first; start < end; start += ImagesPerProduct)
        {
            int count = Math.Min(ImagesPerProduct, end - start);
            for (int image = start; image < start + count; image++)
            {
                PixelRun activations = new(State.Last.ActivationsOf(image), State.Last.Stride, expand.PaddedOutputs, expand.Pixels);
                Kernels.MaskMeanGradient(activations, State.Last.GradientOf(image), 1f / expand.Pixels, workspace.Sums);
            }

            workspace.EndSums(expand.PaddedOutputs, isKept: true);
            nint offset = (nint)start * expand.Pixels * expand.PaddedInputs;
            ExpandBackward.Run(
                State,
                expand,
                workspace,
                new(State.Last.ActivationsOf(start), State.Last.Stride, expand.PaddedOutputs, count * expand.Pixels),
                new(State.Last.Input + offset, expand.PaddedInputs, expand.PaddedInputs, count * expand.Pixels),
                State.Blocks.Length > 0 ? State.InputGradient + offset : null);
        }
    }
}

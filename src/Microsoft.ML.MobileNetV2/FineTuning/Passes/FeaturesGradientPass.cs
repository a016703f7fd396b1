namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Passes the gradient of the features back through the mean over pixels, ReLU6, batch norm and the last convolution.</summary>
internal sealed unsafe class FeaturesGradientPass(TrainingState state) : BatchPass(state)
{
    internal void Run() => RunAll();

    protected override void Run(Workspace workspace, int first, int end)
    {
        ExpandState expand = State.Last.Expand;
        for (int image = first; image < end; image++)
        {
            FeaturesPass.RunConvolution(State, workspace, image);
            PixelRun pixels = new(workspace.Activations, State.Last.Stride, expand.PaddedOutputs, expand.Pixels);
            Kernels.MaskMeanGradient(pixels, State.Last.GradientOf(image), 1f / expand.Pixels, workspace.Sums);
            workspace.EndSums(expand.PaddedOutputs, isKept: true);
            nint offset = (nint)image * expand.Pixels * expand.PaddedInputs;
            ExpandBackward.Run(
                State, expand, workspace, pixels, new(State.Last.Input + offset, expand.PaddedInputs, expand.PaddedInputs, expand.Pixels), State.Blocks.Length > 0 ? State.InputGradient + offset : null);
        }
    }
}

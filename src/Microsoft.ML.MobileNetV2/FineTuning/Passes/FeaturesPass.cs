namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Runs the last convolution, its batch norm and ReLU6, and the mean over pixels.</summary>
internal sealed unsafe class FeaturesPass(TrainingState state) : BatchPass(state)
{
    internal void Run() => RunAll();

    protected override void Run(Workspace workspace, int first, int end)
    {
        ExpandState expand = State.Last.Expand;
        for (int image = first; image < end; image++)
        {
            RunConvolution(image);
            Span<float> features = new(State.Last.FeaturesOf(image), expand.PaddedOutputs);
            features.Clear();
            Kernels.AddPixels(new(State.Last.ActivationsOf(image), State.Last.Stride, expand.PaddedOutputs, expand.Pixels), State.Last.FeaturesOf(image));
            System.Numerics.Tensors.TensorPrimitives.Multiply(features, 1f / expand.Pixels, features);
        }
    }

    /// <summary>Computes the activations of an image.</summary>
    private void RunConvolution(int image)
    {
        ExpandState expand = State.Last.Expand;
        Kernels.Multiply(
            new()
            {
                Left = State.Last.Input + (nint)image * expand.Pixels * expand.PaddedInputs,
                LeftStride = expand.PaddedInputs,
                Rows = expand.Pixels,
                Bias = expand.Norm.Shift,
                Output = State.Last.ActivationsOf(image),
                OutputStride = State.Last.Stride,
                HasRelu6 = true,
            },
            expand.Forward);
    }
}

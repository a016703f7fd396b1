namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Passes the gradient of a widened map back through the convolution that made it, batch norm left to <see cref="ExpandGradient"/>.</summary>
internal static unsafe class ExpandBackward
{
    /// <summary>Computes a part of the gradient of the input, and adds to x'·g.</summary>
    /// <param name="state">The memory.</param>
    /// <param name="expand">The convolution.</param>
    /// <param name="workspace">The memory of this part.</param>
    /// <param name="gradient">The gradient behind the batch norm, before ReLU6.</param>
    /// <param name="source">The input.</param>
    /// <param name="inputGradient">Takes the gradient of the input; null where nobody needs it.</param>
    internal static void Run(TrainingState state, ExpandState expand, Workspace workspace, PixelRun gradient, PixelRun source, float* inputGradient)
    {
        if (inputGradient is not null)
        {
            state.Kernels.Multiply(
                new()
                {
                    Left = gradient.Pointer,
                    LeftStride = gradient.Stride,
                    Rows = gradient.Count,
                    Output = inputGradient,
                    OutputStride = expand.PaddedInputs,
                },
                expand.Backward);
        }

        state.Kernels.MultiplyTransposed(new()
        {
            Left = source.Pointer,
            LeftStride = source.Stride,
            LeftColumns = expand.Inputs,
            Right = gradient.Pointer,
            RightStride = gradient.Stride,
            RightColumns = expand.PaddedOutputs,
            Pixels = gradient.Count,
            Output = workspace.Gradients + expand.WeightStart,
            OutputStride = expand.PaddedOutputs,
        });
    }
}

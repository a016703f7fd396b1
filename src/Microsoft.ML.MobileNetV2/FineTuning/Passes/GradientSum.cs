using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Adds the gradients of the other parts of a batch to those of the first.</summary>
internal sealed unsafe class GradientSum(TrainingState state) : IParallelBody
{
    private const int Length = 64 * 1024;

    internal void Run()
    {
        if (state.Workspaces.Length > 1)
        {
            ParallelLoop.Run((state.Gradients.Length + Length - 1) / Length, this);
        }
    }

    void IParallelBody.RunPart(int part)
    {
        int start = part * Length;
        int count = Math.Min(Length, state.Gradients.Length - start);
        for (int i = 1; i < state.Workspaces.Length; i++)
        {
            state.Kernels.Add(state.Workspaces[i].Gradients + start, state.GradientsStart + start, count);
        }
    }
}

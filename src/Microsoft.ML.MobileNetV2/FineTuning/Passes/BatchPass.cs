using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents a pass over the images of a batch, in parts that run at the same time.</summary>
/// <param name="state">The memory.</param>
internal abstract class BatchPass(TrainingState state) : IParallelBody
{
    protected TrainingState State => state;

    protected TrainingKernels Kernels => state.Kernels;

    void IParallelBody.RunPart(int part)
    {
        (int first, int end) = state.ImagesOf(part);
        if (first < end)
        {
            Run(state.Workspaces[part], first, end);
        }
    }

    /// <summary>Runs the pass over all images.</summary>
    protected void RunAll() => ParallelLoop.Run(state.Workspaces.Length, this);

    /// <summary>Runs the pass over some images.</summary>
    protected abstract void Run(Workspace workspace, int first, int end);
}

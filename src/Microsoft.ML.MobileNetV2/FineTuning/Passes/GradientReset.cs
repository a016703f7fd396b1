using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Sets the gradients of all parts of a batch to zero.</summary>
internal sealed class GradientReset(TrainingState state) : IParallelBody
{
    internal void Run() => state.Team.Run(state.Workspaces.Length, this);

    void IParallelBody.RunPart(int part) => Array.Clear(state.Workspaces[part].GradientArray);
}

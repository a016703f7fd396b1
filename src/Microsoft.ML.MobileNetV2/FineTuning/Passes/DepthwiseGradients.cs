using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the memory for the gradient behind the depthwise batch norm of the block that is being worked on.</summary>
internal sealed unsafe class DepthwiseGradients(TrainingState state)
{
    private readonly AlignedMemory _memory = new(state.Blocks.Length == 0
        ? 0
        : state.Blocks.Max(block => checked(state.Shape.BatchSize * block.OutputPixels * block.Expand.PaddedOutputs)));

    internal float* Start => _memory.Start;
}

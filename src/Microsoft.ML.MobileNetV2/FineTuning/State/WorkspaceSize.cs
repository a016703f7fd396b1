using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the numbers in each part of a <see cref="Workspace"/>, enough for every layer.</summary>
/// <param name="Activations">Activations of a tile or band.</param>
/// <param name="Gradients">Gradients before them.</param>
/// <param name="Differences">Gradients behind a convolution.</param>
/// <param name="Patches">Neighborhoods of the stem.</param>
/// <param name="Zeros">A row of zeros.</param>
/// <param name="Channels">Channels of the widest layer.</param>
/// <param name="Gram">Products of pairs of channels.</param>
internal readonly record struct WorkspaceSize(int Activations, int Gradients, int Differences, int Patches, int Zeros, int Channels, int Gram)
{
    /// <summary>Returns the size for both.</summary>
    internal WorkspaceSize With(WorkspaceSize other) => new(
        Math.Max(Activations, other.Activations),
        Math.Max(Gradients, other.Gradients),
        Math.Max(Differences, other.Differences),
        Math.Max(Patches, other.Patches),
        Math.Max(Zeros, other.Zeros),
        Math.Max(Channels, other.Channels),
        Math.Max(Gram, other.Gram));

    /// <summary>Returns the size for all layers in training.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="firstBlock">The index of the first block that is trained.</param>
    /// <param name="kernels">The kernels.</param>
    internal static WorkspaceSize Of(NetworkPlan plan, int firstBlock, TrainingKernels kernels) => plan.Blocks.Skip(firstBlock).Aggregate(
        OfLast(BlockWidths.OfLast(plan.Last, kernels)),
        (largest, block) => largest.With(OfBlock(block, BlockWidths.Of(block, kernels))));

    private static WorkspaceSize OfBlock(BlockPlan plan, BlockWidths widths)
    {
        int size = plan.Size;
        int band = BackwardTiles.RowsOf(plan, widths.Stride);
        int tile = BackwardTiles.PixelsOf(widths.Stride);
        int rows = Math.Max(plan.RingRows, band);
        int widened = widths.KeepsActivations ? 0 : rows * size;
        int outputRow = (plan.OutputSize + 2) * widths.Stride;
        return new(
            RoundUp(Math.Max(widened, tile) * widths.Stride),
            RoundUp(Math.Max(band * size, tile) * widths.Stride),
            RoundUp(Math.Max((band / plan.Depthwise.Stride + 3) * outputRow, tile * AlignedMemory.OddLines(widths.PaddedOutputs))),
            plan.IsFirst ? RoundUp(rows * size * widths.Inputs + widths.PaddedInputs) : 0,
            RoundUp((size + 2) * widths.Stride),
            Math.Max(widths.PaddedExpanded, Math.Max(widths.PaddedOutputs, widths.PaddedInputs)),
            widths.Inputs * widths.PaddedInputs);
    }

    private static WorkspaceSize OfLast(BlockWidths widths) => new(
        0, 0, 0, 0, widths.Stride, widths.PaddedExpanded, widths.Inputs * widths.PaddedInputs);

    private static int RoundUp(int count) => AlignedMemory.RoundUp(count);
}

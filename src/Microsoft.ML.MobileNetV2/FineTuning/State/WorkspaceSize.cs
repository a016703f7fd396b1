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

    /// <summary>Returns the size that a block needs.</summary>
    internal static WorkspaceSize Of(BlockState block)
    {
        ExpandState expand = block.Expand;
        int size = block.Plan.Size;
        int band = BackwardTiles.RowsOf(block);
        int tile = BackwardTiles.PixelsOf(block);
        int rows = Math.Max(block.Plan.RingRows, band);
        int outputRow = (block.Plan.OutputSize + 2) * block.Stride;
        return new(
            RoundUp(Math.Max(rows * size, tile) * block.Stride),
            RoundUp(Math.Max(band * size, tile) * block.Stride),
            RoundUp(Math.Max((band / block.Plan.Depthwise.Stride + 3) * outputRow, tile * AlignedMemory.OddLines(block.ProjectPadded))),
            expand.IsStem ? RoundUp(rows * size * expand.Inputs + expand.PaddedInputs) : 0,
            RoundUp((size + 2) * block.Stride),
            Math.Max(expand.PaddedOutputs, Math.Max(block.ProjectPadded, expand.PaddedInputs)),
            expand.Inputs * expand.PaddedInputs);
    }

    /// <summary>Returns the size that the last convolution needs.</summary>
    internal static WorkspaceSize Of(LastState last) => new(
        RoundUp(last.Expand.Pixels * last.Stride), 0, 0, 0, last.Stride, last.Expand.PaddedOutputs, last.Expand.Inputs * last.Expand.PaddedInputs);

    private static int RoundUp(int count) => AlignedMemory.RoundUp(count);
}

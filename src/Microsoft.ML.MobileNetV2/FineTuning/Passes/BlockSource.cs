using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Finds the input of a block's first convolution.</summary>
internal static unsafe class BlockSource
{
    /// <summary>Returns some rows of an image as the left matrix of a product: the block's input, or for the stem the neighborhoods of its pixels.</summary>
    internal static PixelRun RowsOf(TrainingState state, BlockState block, Workspace workspace, int image, int row, int count)
    {
        ExpandState expand = block.Expand;
        int pixels = count * block.Plan.Size;
        if (!expand.IsStem)
        {
            nint first = (nint)image * expand.Pixels + row * block.Plan.Size;
            return new(block.Input + first * expand.PaddedInputs, expand.PaddedInputs, expand.PaddedInputs, pixels);
        }

        int length = 3 * block.Plan.SourceSize * block.Plan.SourceSize;
        fixed (float* images = state.Images)
        {
            StemPatches.Fill(block.Plan, images + (nint)image * length, row, count, workspace.Patches);
        }

        return new(workspace.Patches, expand.Inputs, expand.PaddedInputs, pixels);
    }
}

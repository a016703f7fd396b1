using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Computes how many pixels of a block are worked on together, so that they stay in the second-level cache.</summary>
internal static class BackwardTiles
{
    /// <summary>Numbers in the activations and gradients of a band of rows: 512 KiB.</summary>
    private const int BandBudget = 128 * 1024;

    /// <summary>Numbers in the activations of a tile: 256 KiB.</summary>
    private const int TileBudget = 64 * 1024;

    private const int FewestPixels = 48;
    private const int MostPixels = 192;

    /// <summary>Returns the input rows of the depthwise convolution that are worked on together.</summary>
    /// <param name="plan">The block.</param>
    /// <param name="stride">The distance from one pixel of a tile of the widened map to the next.</param>
    internal static int RowsOf(BlockPlan plan, int stride)
    {
        int row = plan.Size * stride * 2 + plan.OutputSize * stride / plan.Depthwise.Stride;
        return Math.Clamp(BandBudget / row, Math.Min(4, plan.Size), plan.Size);
    }

    /// <summary>Returns the pixels behind the depthwise convolution that are worked on together.</summary>
    internal static int PixelsOf(int stride) => Math.Clamp(TileBudget / stride, FewestPixels, MostPixels);
}

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
    internal static int RowsOf(BlockState block)
    {
        int stride = block.Plan.Depthwise.Stride;
        int row = block.Plan.Size * block.Stride * 2 + block.Plan.OutputSize * block.Stride / stride;
        return Math.Clamp(BandBudget / row, Math.Min(4, block.Plan.Size), block.Plan.Size);
    }

    /// <summary>Returns the pixels behind the depthwise convolution that are worked on together.</summary>
    internal static int PixelsOf(BlockState block) => Math.Clamp(TileBudget / block.Stride, FewestPixels, MostPixels);
}

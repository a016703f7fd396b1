using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Computes how many rows of a block are computed together.</summary>
internal static class TileSize
{
    /// <summary>Numbers in the widened map and the depthwise output of a tile: 256 KiB, which leaves room for weights in a cache of 512 KiB.</summary>
    private const int Budget = 64 * 1024;

    private const int KernelSize = 3;

    /// <summary>Returns the output rows of a tile: as many as the budget allows, at least 1.</summary>
    /// <param name="size">Height and width of the widened map.</param>
    /// <param name="outputSize">Height and width of the output.</param>
    /// <param name="depthwise">The depthwise convolution.</param>
    /// <param name="lanes">Numbers in a register.</param>
    internal static int RowsOf(int size, int outputSize, ConvLayer depthwise, int lanes)
    {
        int rows = 1;
        while (rows < outputSize && CountOf(rows + 1, size, outputSize, depthwise, lanes) <= Budget)
        {
            rows++;
        }

        // As many tiles as with the most rows, all of nearly the same size.
        int tiles = (outputSize + rows - 1) / rows;
        return (outputSize + tiles - 1) / tiles;
    }

    /// <summary>Returns the rows of the widened map that a tile reads.</summary>
    internal static int RingRowsOf(int tileRows, int size, ConvLayer depthwise) => Math.Min(size, (tileRows - 1) * depthwise.Stride + KernelSize);

    private static long CountOf(int rows, int size, int outputSize, ConvLayer depthwise, int lanes)
    {
        long channels = (depthwise.OutputChannels + lanes - 1) / lanes * lanes;
        return channels * ((long)RingRowsOf(rows, size, depthwise) * size + (long)rows * outputSize);
    }
}

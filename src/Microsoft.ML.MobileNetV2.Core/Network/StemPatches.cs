using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Lays out the 3×3 neighborhoods of the network's input one after the other, so that the stem is a matrix product.</summary>
internal static unsafe class StemPatches
{
    /// <summary>Fills patches; those of a row follow those of the row before.</summary>
    /// <param name="block">The block that begins with the stem.</param>
    /// <param name="input">The network's input, shape (3, size, size).</param>
    /// <param name="start">The first row of the stem's output.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="patches">Takes, for each output pixel, shape (3, 3, 3): channels, rows and columns of the neighborhood.</param>
    internal static void Fill(BlockPlan block, float* input, int start, int count, float* patches)
    {
        ConvLayer stem = block.Produce;
        int size = block.SourceSize;
        int before = block.SourcePadding;
        int length = ArenaLayout.PatchLength(stem);
        for (int y = start; y < start + count; y++)
        {
            for (int line = 0; line < stem.InputChannels * stem.KernelSize; line++)
            {
                (int channel, int kernelRow) = Math.DivRem(line, stem.KernelSize);
                int row = y * stem.Stride - before + kernelRow;
                float* source = row < 0 || row >= size ? null : input + ((nint)channel * size + row) * size;
                for (int column = 0; column < stem.KernelSize; column++)
                {
                    Fill(source, size, column - before, stem.Stride, block.Size, patches + line * stem.KernelSize + column, length);
                }
            }

            patches += (nint)block.Size * length;
        }
    }

    /// <summary>Copies numbers of a row at equal distances; those outside of it are 0.</summary>
    private static void Fill(float* source, int size, int first, int step, int count, float* target, int targetStep)
    {
        for (int x = 0, column = first; x < count; x++, column += step, target += targetStep)
        {
            *target = source is null || (uint)column >= (uint)size ? 0 : source[column];
        }
    }
}

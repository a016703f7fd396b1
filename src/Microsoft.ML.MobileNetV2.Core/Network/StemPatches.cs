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
                Fill(source, size, -before, stem, block.Size, patches + line * stem.KernelSize, length);
            }

            patches += (nint)block.Size * length;
        }
    }

    /// <summary>Copies three neighbors of a row for each output pixel; those outside of it are 0.</summary>
    private static void Fill(float* source, int size, int first, ConvLayer stem, int count, float* target, int targetStep)
    {
        for (int x = 0, column = first; x < count; x++, column += stem.Stride, target += targetStep)
        {
            if (source is not null && column >= 0 && column + 3 <= size)
            {
                target[0] = source[column];
                target[1] = source[column + 1];
                target[2] = source[column + 2];
                continue;
            }

            for (int i = 0; i < 3; i++)
            {
                target[i] = source is null || (uint)(column + i) >= (uint)size ? 0 : source[column + i];
            }
        }
    }
}

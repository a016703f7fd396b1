using System.Runtime.Intrinsics;
using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Lays out the 3×3 neighborhoods of the network's input one after the other, so that the stem is a matrix product.</summary>
internal static unsafe class StemPatches
{
    private const int KernelSize = 3;

    /// <summary>Fills patches; those of a row follow those of the row before.</summary>
    /// <param name="block">The block that begins with the stem.</param>
    /// <param name="input">The network's input, shape (3, size, size).</param>
    /// <param name="start">The first row of the stem's output.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="patches">Takes, for each output pixel, shape (3, 3, 3): channels, rows and columns of the neighborhood.</param>
    internal static void Fill(BlockPlan block, float* input, int start, int count, float* patches)
    {
        ConvLayer stem = block.Produce;
        int length = ArenaLayout.PatchLength(stem);
        for (int y = start; y < start + count; y++)
        {
            int row = y * stem.Stride - block.SourcePadding;
            for (int x = 0; x < block.Size; x++, patches += length)
            {
                FillPatch(input, stem.InputChannels, block.SourceSize, row, x * stem.Stride - block.SourcePadding, patches);
            }
        }
    }

    private static void FillPatch(float* input, int channels, int size, int row, int column, float* patch)
    {
        // Four numbers are copied where three are needed, which the next copy mends. The last neighborhood of a row always reaches the border, so the
        // last copy of all is one of three.
        bool isInside = row >= 0 && row + KernelSize <= size && column >= 0 && column + Vector128<float>.Count <= size;
        float* source = input + (nint)row * size + column;
        for (int channel = 0; channel < channels; channel++, source += (nint)size * size, patch += KernelSize * KernelSize)
        {
            if (isInside)
            {
                Vector128.Load(source).Store(patch);
                Vector128.Load(source + size).Store(patch + KernelSize);
                Vector128.Load(source + 2 * size).Store(patch + 2 * KernelSize);
            }
            else
            {
                FillAtBorder(input + (nint)channel * size * size, size, row, column, patch);
            }
        }
    }

    /// <summary>Copies a channel of a neighborhood; what lies outside of the input is 0.</summary>
    private static void FillAtBorder(float* plane, int size, int row, int column, float* patch)
    {
        for (int y = row; y < row + KernelSize; y++)
        {
            for (int x = column; x < column + KernelSize; x++)
            {
                bool isOutside = (uint)y >= (uint)size || (uint)x >= (uint)size;
                *patch++ = isOutside ? 0 : plane[(nint)y * size + x];
            }
        }
    }
}

using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents where everything lies in the memory of a run, in numbers of float32. Immutable.</summary>
/// <remarks>
/// The memory is the sum of: the input, 3 · size²; two narrow maps, each as large as the largest block output in it; the patches of one tile of the stem;
/// the largest ring of widened rows; the largest tile of depthwise outputs; a row of zeros; the last map or the features. Channels are rounded up to
/// registers and each part to cache lines.
/// </remarks>
internal sealed class ArenaLayout
{
    private readonly int _lanes;

    internal ArenaLayout(NetworkPlan plan, int lanes, bool keepsMap)
    {
        _lanes = lanes;
        BlockPlan first = plan.Blocks[0];
        int inputCount = 3 * plan.InputSize * plan.InputSize;
        int[] maps = MapCounts(plan.Blocks);
        Input = 0;
        Maps = [After(Input, inputCount), 0];
        Maps[1] = After(Maps[0], maps[0]);
        Patches = After(Maps[1], maps[1]);
        Ring = After(Patches, first.RingRows * first.Size * PatchLength(first.Produce));
        DepthwiseOutput = After(Ring, plan.Blocks.Max(RingCount));
        Zeros = After(DepthwiseOutput, plan.Blocks.Max(block => block.TileRows * block.OutputSize * DepthwiseStride(block)));
        LastMap = After(Zeros, plan.Blocks.Max(block => block.Size) * lanes);
        TotalCount = After(LastMap, (keepsMap ? plan.MapPixels : 1) * Padded(plan.Last.OutputChannels));
    }

    internal int Input { get; }

    /// <summary>Gets the two maps between which the blocks alternate.</summary>
    internal int[] Maps { get; }

    /// <summary>Gets the 3×3 neighborhoods that the stem multiplies.</summary>
    internal int Patches { get; }

    internal int Ring { get; }

    internal int DepthwiseOutput { get; }

    /// <summary>Gets the row that stands in for rows outside of a map.</summary>
    internal int Zeros { get; }

    /// <summary>Gets the output of the last convolution: the map, or its sums over the pixels.</summary>
    internal int LastMap { get; }

    /// <summary>Gets the numbers of all together.</summary>
    internal int TotalCount { get; }

    /// <summary>Returns channels rounded up to registers.</summary>
    internal int Padded(int channels) => (channels + _lanes - 1) / _lanes * _lanes;

    /// <summary>Returns the distance from one register of channels of the ring to the next.</summary>
    internal int RingVectorStride(BlockPlan block) => (block.RingRows * block.Size + 1) * _lanes;

    /// <summary>Returns the distance from one pixel of the depthwise output to the next: an odd number of cache lines, spread over all of the cache.</summary>
    internal static int DepthwiseStride(BlockPlan block) =>
        (AlignedMemory.RoundUp(block.Depthwise.OutputChannels) / AlignedMemory.CacheLine | 1) * AlignedMemory.CacheLine;

    internal static int PatchLength(ConvLayer stem) => stem.InputChannels * stem.KernelSize * stem.KernelSize;

    private static int After(int start, int count) => checked(start + AlignedMemory.RoundUp(count));

    private int RingCount(BlockPlan block) => Padded(block.Depthwise.OutputChannels) / _lanes * RingVectorStride(block);

    private int[] MapCounts(IReadOnlyList<BlockPlan> blocks)
    {
        int[] counts = [0, 0];
        int current = 0;
        foreach (BlockPlan block in blocks)
        {
            current = block.OutputMap(current);
            counts[current] = Math.Max(counts[current], block.OutputSize * block.OutputSize * Padded(block.Project.OutputChannels));
        }

        return counts;
    }
}

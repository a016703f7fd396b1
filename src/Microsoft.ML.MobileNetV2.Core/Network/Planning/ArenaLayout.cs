using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents where everything lies that a run needs beyond the weights. Immutable.</summary>
/// <remarks>
/// The memory of a run is the sum of: the input, 3 · size²; two narrow maps, each as large as the largest block output in it; a row of zeros; the last map
/// or the features. Each thread that works on it adds: the patches of one tile of the stem; the largest ring of widened rows; the largest tile of depthwise
/// outputs. If there are several threads, the widened maps that they make together come on top. Channels are rounded up to registers and each part to
/// cache lines.
/// </remarks>
internal sealed class ArenaLayout
{
    private readonly int _lanes;

    internal ArenaLayout(NetworkPlan plan, int lanes, bool keepsMap)
    {
        _lanes = lanes;
        BlockPlan first = plan.Blocks[0];
        Input = 0;
        Maps = [After(Input, 3 * plan.InputSize * plan.InputSize), 0];
        Maps[1] = After(Maps[0], MapCount(plan, 0));
        Zeros = After(Maps[1], MapCount(plan, 1));
        LastMap = After(Zeros, plan.Blocks.Max(block => block.Size) * lanes);
        TotalCount = After(LastMap, (keepsMap ? plan.MapPixels : 1) * Padded(plan.Last.OutputChannels));
        Patches = 0;
        Ring = After(Patches, first.RingRows * first.Size * PatchLength(first.Produce));
        DepthwiseOutput = After(Ring, plan.Blocks.Max(RingCount));
        ScratchCount = After(DepthwiseOutput, plan.Blocks.Max(DepthwiseCount));
    }

    internal int Input { get; }

    /// <summary>Gets the two maps between which the blocks alternate.</summary>
    internal int[] Maps { get; }

    /// <summary>Gets the row that stands in for rows outside of a map.</summary>
    internal int Zeros { get; }

    /// <summary>Gets the output of the last convolution: the map, or its sums over the pixels.</summary>
    internal int LastMap { get; }

    /// <summary>Gets the numbers of all that the threads share.</summary>
    internal int TotalCount { get; }

    /// <summary>Gets the 3×3 neighborhoods that the stem multiplies, in the memory of a thread.</summary>
    internal int Patches { get; }

    internal int Ring { get; }

    internal int DepthwiseOutput { get; }

    /// <summary>Gets the numbers of a thread's own memory.</summary>
    internal int ScratchCount { get; }

    /// <summary>Returns channels rounded up to registers.</summary>
    internal int Padded(int channels) => (channels + _lanes - 1) / _lanes * _lanes;

    /// <summary>Returns the distance from one register of channels of the ring to the next.</summary>
    internal int RingVectorStride(BlockPlan block) => (block.RingRows * block.Size + 1) * _lanes;

    /// <summary>Returns the distance from one pixel of the depthwise output to the next: an odd number of cache lines, spread over all of the cache.</summary>
    internal static int DepthwiseStride(BlockPlan block) => AlignedMemory.OddLines(block.Depthwise.OutputChannels);

    internal static int PatchLength(ConvLayer stem) => stem.InputChannels * stem.KernelSize * stem.KernelSize;

    private static int After(int start, int count) => checked(start + AlignedMemory.RoundUp(count));

    /// <summary>Returns the numbers of the ring of a block.</summary>
    internal int RingCount(BlockPlan block) => Padded(block.Depthwise.OutputChannels) / _lanes * RingVectorStride(block);

    /// <summary>Returns the numbers of the depthwise output of a tile.</summary>
    internal static int DepthwiseCount(BlockPlan block) => block.TileRows * block.OutputSize * DepthwiseStride(block);

    /// <summary>Returns the size of one of the two maps.</summary>
    private int MapCount(NetworkPlan plan, int map) => plan.Blocks
        .Where((_, index) => NetworkPlan.OutputMap(index) == map)
        .Max(block => block.OutputSize * block.OutputSize * Padded(block.Project.OutputChannels));
}

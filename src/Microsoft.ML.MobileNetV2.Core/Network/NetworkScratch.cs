using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the memory in which one thread, or several together, make the widened rows of a tile.</summary>
internal sealed unsafe class NetworkScratch
{
    private readonly AlignedMemory _memory;
    private readonly int _patches;
    private readonly int _ring;
    private readonly int _depthwiseOutput;

    private NetworkScratch(int patches, int ring, int depthwiseOutput, int count)
    {
        _memory = new(count);
        _patches = patches;
        _ring = ring;
        _depthwiseOutput = depthwiseOutput;
    }

    internal long ByteCount => (long)_memory.Count * sizeof(float);

    internal float* Patches => _memory.Start + _patches;

    internal float* Ring => _memory.Start + _ring;

    internal float* DepthwiseOutput => _memory.Start + _depthwiseOutput;

    /// <summary>Allocates the memory of a thread, which is enough for a tile of any block.</summary>
    internal static NetworkScratch ForTiles(ArenaLayout layout) => new(layout.Patches, layout.Ring, layout.DepthwiseOutput, layout.ScratchCount);

    /// <summary>Allocates the memory for whole maps of some blocks.</summary>
    internal static NetworkScratch ForMaps(ArenaLayout layout, IReadOnlyCollection<BlockPlan> blocks)
    {
        int ring = AlignedMemory.RoundUp(blocks.Max(layout.RingCount));
        return new(0, 0, ring, ring + blocks.Max(ArenaLayout.DepthwiseCount));
    }
}

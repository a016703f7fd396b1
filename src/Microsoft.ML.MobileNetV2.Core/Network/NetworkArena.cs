using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the memory of one concurrent run that its threads share, allocated once.</summary>
internal sealed unsafe class NetworkArena(NetworkPlan plan)
{
    private readonly AlignedMemory _memory = new(plan.Layout.TotalCount);

    /// <summary>Gets the size in bytes, as <see cref="ArenaLayout"/> states it.</summary>
    internal long ByteCount => (long)_memory.Count * sizeof(float);

    internal float* Input => _memory.Start + plan.Layout.Input;

    internal float* Zeros => _memory.Start + plan.Layout.Zeros;

    internal float* LastMap => _memory.Start + plan.Layout.LastMap;

    internal float* Map(int index) => _memory.Start + plan.Layout.Maps[index];
}

using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Represents pinned memory whose first number lies at the start of a cache line. Zero at first.</summary>
/// <remarks>The addresses are valid as long as this object is reachable.</remarks>
internal sealed unsafe class AlignedMemory
{
    /// <summary>Numbers in a cache line of 64 bytes, which is also the widest register.</summary>
    internal const int CacheLine = 16;

    private const int CacheLineBytes = CacheLine * sizeof(float);

    private readonly float[] _memory;

    internal AlignedMemory(int count)
    {
        _memory = GC.AllocateArray<float>(count + CacheLine, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _memory[0]);
        Start = (float*)((address + CacheLineBytes - 1) / CacheLineBytes * CacheLineBytes);
        Count = count;
    }

    internal float* Start { get; }

    internal int Count { get; }

    /// <summary>Returns a count rounded up to whole cache lines.</summary>
    internal static int RoundUp(int count) => checked((count + CacheLine - 1) / CacheLine * CacheLine);

    /// <summary>Returns a count rounded up to an odd number of cache lines: rows of that length are spread over all of the cache.</summary>
    internal static int OddLines(int count) => (RoundUp(count) / CacheLine | 1) * CacheLine;
}

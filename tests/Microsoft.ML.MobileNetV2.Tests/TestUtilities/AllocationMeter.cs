namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Measures what an action allocates each time, apart from what it allocates once.</summary>
internal static class AllocationMeter
{
    private const int Attempts = 10;

    /// <summary>Returns the fewest bytes that one of several runs allocated on this thread.</summary>
    /// <remarks>A run may meet what happens once in a process: a queue of the thread pool that grows, a helper that was not free before.</remarks>
    internal static long LeastAllocatedBytes(Action action) => Enumerable.Range(0, Attempts).Min(_ =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Counts the threads of the process that work on images, so that one image is divided only over processors that no other image needs.</summary>
internal static class ThreadBudget
{
    private static int _busy;

    /// <summary>Gets a value indicating whether more threads work than there are processors.</summary>
    internal static bool IsOverdrawn => Volatile.Read(ref _busy) > Environment.ProcessorCount;

    /// <summary>Counts the caller's thread until <see cref="Leave"/>.</summary>
    internal static void Enter() => Interlocked.Increment(ref _busy);

    /// <summary>Gives threads back.</summary>
    /// <param name="count">The caller's one, or those that were borrowed.</param>
    internal static void Leave(int count = 1) => Interlocked.Add(ref _busy, -count);

    /// <summary>Takes threads for processors that are idle, at most as many as wanted; the caller gives them back with <see cref="Leave"/>.</summary>
    internal static int Borrow(int wanted)
    {
        while (true)
        {
            int busy = Volatile.Read(ref _busy);

            // A caller that has not entered needs a processor too.
            int free = Math.Clamp(Environment.ProcessorCount - Math.Max(1, busy), 0, wanted);
            if (free == 0 || Interlocked.CompareExchange(ref _busy, busy + free, busy) == busy)
            {
                return free;
            }
        }
    }
}

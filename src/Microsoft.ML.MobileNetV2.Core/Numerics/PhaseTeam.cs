using System.Runtime.ExceptionServices;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>
/// Runs short phases, one after the other, on the caller's thread and on idle threads of the pool, without allocating. Each phase has as many parts as
/// there are threads, and each thread prefers the same part, whose memory is in its cache.
/// </summary>
/// <remarks>
/// The caller does every part that nobody else has begun, so a busy pool only makes it slower. A helper spins while a phase runs, for the next one begins
/// within microseconds; it goes when the run ends. One run at a time.
/// </remarks>
internal abstract class PhaseTeam : IThreadPoolWorkItem
{
    /// <summary>How often a helper looks for work before it goes: the caller does the rest, and the processor is free for others.</summary>
    private const int MaxIdleSpins = 2000;

    private readonly long[] _claims;
    private readonly int[] _slots;
    private Exception? _exception;

    /// <summary>
    /// The phase's number: odd while a phase runs, even between runs. It only grows, over all runs, so that a helper that comes late can claim nothing of
    /// a phase that has ended.
    /// </summary>
    private long _number;
    private long _firstNumber;
    private int _phaseCount;
    private int _partCount;
    private int _partsLeft;
    private int _queuedCount;

    protected PhaseTeam(int maxThreads)
    {
        MaxThreads = maxThreads;
        _claims = new long[maxThreads];
        _slots = new int[maxThreads];
    }

    /// <summary>Gets the most threads that a run can have.</summary>
    internal int MaxThreads { get; }

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Decrement(ref _queuedCount);
        int slot = TakeSlot();
        if (slot > 0)
        {
            Help(slot);
            Volatile.Write(ref _slots[slot], 0);
        }
    }

    /// <summary>Computes a part of a phase.</summary>
    /// <param name="phase">The phase, from 0.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="partCount">The number of parts.</param>
    /// <param name="slot">A number below that of the threads that no other thread has meanwhile.</param>
    protected abstract void RunPart(int phase, int part, int partCount, int slot);

    /// <summary>Runs phases, and returns when all are done. What a part throws ends the work, and is thrown here.</summary>
    /// <param name="phaseCount">The number of phases.</param>
    /// <param name="threadCount">The number of threads, the caller's among them, and of the parts of each phase; at most <see cref="MaxThreads"/>.</param>
    protected void RunPhases(int phaseCount, int threadCount)
    {
        _exception = null;
        _phaseCount = phaseCount;
        _partCount = _partsLeft = threadCount;
        _firstNumber = _number + 1;
        long end = _number + 2 * (long)phaseCount;
        Volatile.Write(ref _number, _firstNumber);
        QueueHelpers(threadCount - 1);
        SpinWait spinner = default;
        while (Volatile.Read(ref _number) is long number && number != end)
        {
            Step(number, slot: 0, ref spinner);
        }

        if (_exception is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    private static bool IsRunning(long number) => (number & 1) != 0;

    private void QueueHelpers(int count)
    {
        while (Volatile.Read(ref _queuedCount) < count)
        {
            Interlocked.Increment(ref _queuedCount);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void Help(int slot)
    {
        SpinWait spinner = default;
        while (spinner.Count < MaxIdleSpins && !ThreadBudget.IsOverdrawn && Volatile.Read(ref _number) is long number && IsRunning(number))
        {
            Step(number, slot, ref spinner);
        }
    }

    private void Step(long number, int slot, ref SpinWait spinner)
    {
        if (TryClaim(number, slot, out int part))
        {
            Run(number, part, slot);
            spinner.Reset();
        }
        else
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    private bool TryClaim(long number, int slot, out int part)
    {
        int count = Volatile.Read(ref _partCount);
        for (int i = 0; i < count; i++)
        {
            part = (slot + i) % count;
            long claimed = Volatile.Read(ref _claims[part]);

            // A phase with a part that is not done cannot end. So if it still runs after the claim, the part count that was read is its own.
            if (claimed < number && Interlocked.CompareExchange(ref _claims[part], number, claimed) == claimed && Volatile.Read(ref _number) == number)
            {
                return true;
            }
        }

        part = -1;
        return false;
    }

    private void Run(long number, int part, int slot)
    {
        try
        {
            if (Volatile.Read(ref _exception) is null)
            {
                RunPart((int)((number - _firstNumber) / 2), part, _partCount, slot);
            }
        }
#pragma warning disable CA1031 // It is thrown again on the caller's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _exception, exception, null);
        }

        if (Interlocked.Decrement(ref _partsLeft) == 0)
        {
            EndPhase(number);
        }
    }

    private void EndPhase(long number)
    {
        _partsLeft = _partCount;
        bool isLast = number - _firstNumber == 2 * (_phaseCount - 1L);
        Volatile.Write(ref _number, isLast ? number + 1 : number + 2);
    }

    private int TakeSlot()
    {
        for (int slot = Volatile.Read(ref _partCount) - 1; slot > 0; slot--)
        {
            if (Interlocked.CompareExchange(ref _slots[slot], 1, 0) == 0)
            {
                return slot;
            }
        }

        return 0;
    }
}

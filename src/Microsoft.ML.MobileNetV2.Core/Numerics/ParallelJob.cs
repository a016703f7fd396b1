using System.Runtime.ExceptionServices;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>
/// Runs numbered parts of a computation on the caller's thread and on idle threads of the pool, without allocating.
/// </summary>
/// <remarks>
/// The caller works too, so a busy pool only makes it slower. Parts are numbered on through all phases of a run: a helper that comes
/// late can then never claim a part twice. A job object may be used again once <see cref="Close"/> and every helper have let it go.
/// </remarks>
internal abstract class ParallelJob : IThreadPoolWorkItem
{
    private Exception? _exception;
    private int _claimed;
    private int _finished;
    private int _limit;
    private int _threadCount;
    private int _references;
    private volatile bool _isClosed;

    /// <summary>Gets how often a helper looks for work before it goes, so that the core is free for others; the next phase calls it back.</summary>
    protected virtual int MaxIdleSpins => 60;

    void IThreadPoolWorkItem.Execute()
    {
        SpinWait spinner = default;
        while (!_isClosed && spinner.Count < MaxIdleSpins)
        {
            if (RunNextPart())
            {
                spinner.Reset();
            }
            else
            {
                spinner.SpinOnce(sleep1Threshold: -1);
            }
        }

        LetGo();
    }

    /// <summary>Computes one part; parts run in any order and at the same time.</summary>
    protected abstract void RunPart(int phase, int part);

    /// <summary>Handles the release of the object by its last user.</summary>
    protected abstract void Recycle();

    /// <summary>Returns the phase and the part within it that <paramref name="number"/> means.</summary>
    protected abstract (int Phase, int Part) Locate(int number);

    /// <summary>Starts a run with at most <paramref name="threadCount"/> threads, the caller's among them.</summary>
    protected void Open(int threadCount)
    {
        _exception = null;
        _claimed = _finished = _limit = 0;
        _isClosed = false;
        _threadCount = threadCount;
        _references = 1;
    }

    /// <summary>Runs the next <paramref name="partCount"/> parts and returns when all of them are done.</summary>
    protected void RunPhase(int partCount)
    {
        int limit = _limit + partCount;
        Volatile.Write(ref _limit, limit);
        CallHelpers(Math.Min(_threadCount, partCount));
        while (RunNextPart())
        {
        }

        SpinWait spinner = default;
        while (Volatile.Read(ref _finished) < limit)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Ends the run and throws what a part threw.</summary>
    protected void Close()
    {
        Exception? exception = _exception;
        _isClosed = true;
        LetGo();
        if (exception is not null)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    /// <summary>Queues the helpers that are missing. One that is about to go still counts: then the others do its work in this phase.</summary>
    private void CallHelpers(int threadCount)
    {
        for (int missing = threadCount - Volatile.Read(ref _references); missing > 0; missing--)
        {
            Interlocked.Increment(ref _references);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private bool RunNextPart()
    {
        int number = Volatile.Read(ref _claimed);
        while (number < Volatile.Read(ref _limit))
        {
            int seen = Interlocked.CompareExchange(ref _claimed, number + 1, number);
            if (seen == number)
            {
                Run(number);
                return true;
            }

            number = seen;
        }

        return false;
    }

    private void Run(int number)
    {
        try
        {
            (int phase, int part) = Locate(number);
            RunPart(phase, part);
        }
#pragma warning disable CA1031 // It is thrown again on the caller's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _exception, exception, null);
        }
        finally
        {
            Interlocked.Increment(ref _finished);
        }
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Recycle();
        }
    }
}

using System.Collections.Concurrent;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Works on slots in the order in which they come, with a limited number of threads of the thread pool.</summary>
/// <remarks>Threads are held only while slots wait: nothing has to be stopped, and an owner that is forgotten leaves no thread behind.</remarks>
/// <param name="threadCount">Number of threads; 0 where only the owner itself works.</param>
internal sealed class WorkerPool(int threadCount)
{
    private const int SlotsPerWorker = 4;
    private readonly ConcurrentQueue<WorkItem> _waiting = new();
    private int _workerCount;

    /// <summary>Returns how many slots an owner should have, so that no worker waits while results are taken in order.</summary>
    internal static int SlotCount(int degreeOfParallelism) => degreeOfParallelism * SlotsPerWorker + 1;

    /// <summary>Has a filled slot worked on.</summary>
    internal void Add(WorkItem slot)
    {
        slot.Reset();
        _waiting.Enqueue(slot);
        StartWorker();
    }

    /// <summary>Works on one waiting slot on the caller's thread; false where none waits.</summary>
    internal bool TryWorkOnOne()
    {
        if (!_waiting.TryDequeue(out WorkItem? slot))
        {
            return false;
        }

        slot.RunUnlessClaimed();
        return true;
    }

    private void StartWorker()
    {
        if (Interlocked.Increment(ref _workerCount) <= threadCount)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.WorkUntilNothingWaits(), this, preferLocal: false);
        }
        else
        {
            Interlocked.Decrement(ref _workerCount);
        }
    }

    private void WorkUntilNothingWaits()
    {
        while (TryWorkOnOne())
        {
        }

        Interlocked.Decrement(ref _workerCount);

        // A slot that came between the last look and the decrement found all workers busy.
        if (!_waiting.IsEmpty)
        {
            StartWorker();
        }
    }
}

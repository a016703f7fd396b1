using System.Collections.Concurrent;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Works on slots in the order in which they come, with a limited number of threads of the thread pool.</summary>
/// <remarks>Threads are held only while slots wait: nothing has to be stopped, and an owner that is forgotten leaves no thread behind.</remarks>
internal sealed class WorkerPool(int degreeOfParallelism)
{
    private readonly ConcurrentQueue<WorkSlot> _waiting = new();
    private int _workerCount;

    /// <summary>Gets how many slots an owner should have, so that no worker waits while results are taken in order.</summary>
    internal int SlotCount => degreeOfParallelism * 4 + 1;

    /// <summary>Has a filled slot worked on.</summary>
    internal void Add(WorkSlot slot)
    {
        slot.Reset();
        _waiting.Enqueue(slot);
        StartWorker();
    }

    private void StartWorker()
    {
        if (Interlocked.Increment(ref _workerCount) <= degreeOfParallelism)
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
        while (_waiting.TryDequeue(out WorkSlot? slot))
        {
            slot.RunUnlessClaimed();
        }

        Interlocked.Decrement(ref _workerCount);

        // A slot that came between the last look and the decrement found all workers busy.
        if (!_waiting.IsEmpty)
        {
            StartWorker();
        }
    }
}

using System.Collections.Concurrent;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Works on the next items of a sequence with several threads while the caller uses the present one; results keep their order.</summary>
/// <remarks>
/// The source is read on the caller's thread, in <see cref="MoveNext"/>, and only as far as there are slots. So memory is bounded, and a sequence
/// that is abandoned halfway leaves no thread behind: the thread pool finishes at most the slots that are filled.
/// </remarks>
internal sealed class LookAhead<TSlot> : IDisposable
    where TSlot : WorkSlot
{
    private const int SlotsPerWorker = 4;
    private readonly Func<TSlot, bool> _fill;
    private readonly int _degreeOfParallelism;
    private readonly Queue<TSlot> _ahead = new();
    private readonly Stack<TSlot> _free;
    private readonly ConcurrentQueue<TSlot> _waiting = new();
    private int _workerCount;
    private bool _isSourceEmpty;
    private TSlot? _current;

    /// <param name="degreeOfParallelism">Number of threads that work at once, at least 1.</param>
    /// <param name="createSlot">Makes a slot.</param>
    /// <param name="fill">Reads the next item of the source into a slot; false at the end. Called on the caller's thread only.</param>
    internal LookAhead(int degreeOfParallelism, Func<TSlot> createSlot, Func<TSlot, bool> fill)
    {
        _degreeOfParallelism = degreeOfParallelism;
        _fill = fill;
        _free = new(Enumerable.Range(0, degreeOfParallelism * SlotsPerWorker + 1).Select(_ => createSlot()));
    }

    /// <summary>Gets the present item, complete or failed.</summary>
    internal TSlot Current => _current ?? throw new InvalidOperationException("There is no present item: call MoveNext, and stop when it returns false.");

    internal bool MoveNext()
    {
        Release();
        FillAhead();
        if (!_ahead.TryDequeue(out _current))
        {
            return false;
        }

        _current.Complete();
        return true;
    }

    /// <summary>Ends the work; when this returns, no thread works for the sequence.</summary>
    public void Dispose()
    {
        _isSourceEmpty = true;
        Release();
        while (_ahead.TryDequeue(out TSlot? slot))
        {
            slot.Abandon();
        }
    }

    private void Release()
    {
        if (_current is not null)
        {
            _free.Push(_current);
            _current = null;
        }
    }

    private void FillAhead()
    {
        while (!_isSourceEmpty && _free.TryPop(out TSlot? slot))
        {
            if (!_fill(slot))
            {
                _isSourceEmpty = true;
                return;
            }

            slot.Reset();
            _ahead.Enqueue(slot);
            _waiting.Enqueue(slot);
            StartWorker();
        }
    }

    private void StartWorker()
    {
        if (Interlocked.Increment(ref _workerCount) <= _degreeOfParallelism)
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
        while (_waiting.TryDequeue(out TSlot? slot))
        {
            slot.RunUnlessClaimed();
        }

        Interlocked.Decrement(ref _workerCount);

        // An item that came between the last look and the decrement found all workers busy.
        if (!_waiting.IsEmpty)
        {
            StartWorker();
        }
    }
}

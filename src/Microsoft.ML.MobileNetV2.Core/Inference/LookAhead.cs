using System.Runtime.ExceptionServices;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Works on the next items of a sequence with several threads while the caller uses the present one; results keep their order.</summary>
/// <remarks>The source is read on the caller's thread, in <see cref="MoveNext"/>, and only as far as there are slots, so memory is bounded.</remarks>
internal sealed class LookAhead<TSlot> : IDisposable
    where TSlot : WorkItem
{
    private readonly Func<TSlot, bool> _fill;
    private readonly WorkerPool _workers;
    private readonly Queue<TSlot> _ahead = new();
    private readonly Stack<TSlot> _free;
    private bool _isSourceEmpty;
    private ExceptionDispatchInfo? _sourceError;
    private TSlot? _current;

    /// <param name="degreeOfParallelism">Number of threads that work at once, the caller among them; at least 1.</param>
    /// <param name="createSlot">Makes a slot.</param>
    /// <param name="fill">Reads the next item of the source into a slot; false at the end. Called on the caller's thread only.</param>
    internal LookAhead(int degreeOfParallelism, Func<TSlot> createSlot, Func<TSlot, bool> fill)
    {
        _fill = fill;
        _workers = new(degreeOfParallelism - 1);
        _free = new(Enumerable.Range(0, WorkerPool.SlotCount(degreeOfParallelism)).Select(_ => createSlot()));
    }

    /// <summary>Gets the present item, complete or failed.</summary>
    internal TSlot Current => _current ?? throw new InvalidOperationException("There is no present item: call MoveNext, and stop when it returns false.");

    /// <summary>Moves to the next item.</summary>
    /// <returns>False at the end of the source.</returns>
    /// <remarks>What the source throws is thrown here, when the items before it have been used. The next call reads on.</remarks>
    internal bool MoveNext()
    {
        Release();
        while (!_isSourceEmpty && _sourceError is null && _free.TryPop(out TSlot? slot))
        {
            Fill(slot);
        }

        if (!_ahead.TryDequeue(out _current))
        {
            ThrowSourceError();
            return false;
        }

        // The caller is one of the workers: a thread that only waits would have to be woken, at a worker's cost, for each item.
        while (!_current.IsDone && _workers.TryWorkOnOne())
        {
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

    private void ThrowSourceError()
    {
        ExceptionDispatchInfo? error = _sourceError;
        _sourceError = null;
        error?.Throw();
    }

    private void Fill(TSlot slot)
    {
        if (TryFill(slot))
        {
            _ahead.Enqueue(slot);
            _workers.Add(slot);
        }
        else
        {
            _free.Push(slot);
        }
    }

    private bool TryFill(TSlot slot)
    {
        try
        {
            _isSourceEmpty = !_fill(slot);
            return !_isSourceEmpty;
        }
        catch (Exception e)
        {
            // A reader without look-ahead would see the items before it first.
            _sourceError = ExceptionDispatchInfo.Capture(e);
            return false;
        }
    }
}

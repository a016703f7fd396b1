namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Works like <see cref="LookAhead{TSlot}"/> on a source whose items arrive over time: a result is returned as soon as it is available.</summary>
internal sealed class AsyncLookAhead<TItem, TSlot> : IAsyncDisposable
    where TSlot : WorkItem
{
    private readonly IAsyncEnumerator<TItem> _source;
    private readonly Func<TItem, TSlot, ValueTask> _fill;
    private readonly WorkerPool _workers;
    private readonly Queue<TSlot> _ahead = new();
    private readonly Stack<TSlot> _free;
    private Task<bool>? _read;
    private TSlot? _reading;
    private bool _isSourceEmpty;
    private TSlot? _current;

    /// <param name="degreeOfParallelism">Number of threads that work at once; at least 1.</param>
    /// <param name="createSlot">Creates a slot.</param>
    /// <param name="source">The items.</param>
    /// <param name="fill">Takes an item into a slot, and reads what has to be read before a thread works on it.</param>
    internal AsyncLookAhead(int degreeOfParallelism, Func<TSlot> createSlot, IAsyncEnumerator<TItem> source, Func<TItem, TSlot, ValueTask> fill)
    {
        _source = source;
        _fill = fill;
        _workers = new(degreeOfParallelism);
        _free = new(Enumerable.Range(0, WorkerPool.SlotCount(degreeOfParallelism)).Select(_ => createSlot()));
    }

    /// <summary>Gets the present item, complete or failed.</summary>
    internal TSlot Current => _current ?? throw new InvalidOperationException("There is no present item: call MoveNextAsync, and stop when it returns false.");

    /// <summary>Moves to the next item.</summary>
    /// <returns>False at the end of the source.</returns>
    /// <remarks>What the source throws is thrown here, when the items before it have been used.</remarks>
    internal async ValueTask<bool> MoveNextAsync()
    {
        Release();
        while (true)
        {
            StartReading();
            if (_read is { IsCompletedSuccessfully: true })
            {
                TakeReadItem();
            }
            else if (!_ahead.TryPeek(out TSlot? next))
            {
                if (_read is null)
                {
                    return false;
                }

                await AwaitRead().ConfigureAwait(false);
            }
            else
            {
                Task completion = next.CompleteAsync();
                await (_read is null or { IsFaulted: true } or { IsCanceled: true } ? completion : Task.WhenAny(completion, _read)).ConfigureAwait(false);
                if (completion.IsCompleted)
                {
                    _current = _ahead.Dequeue();
                    return true;
                }
            }
        }
    }

    /// <summary>Ends the work; when this is done, no thread works for the sequence and the source is not being read.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_ahead.TryDequeue(out TSlot? slot))
        {
            slot.Abandon();
        }

        if (_read is not null)
        {
            await ((Task)_read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    private void StartReading()
    {
        if (_read is null && !_isSourceEmpty && _free.TryPop(out TSlot? slot))
        {
            _reading = slot;
            _read = ReadAsync(slot);
        }
    }

    private async Task<bool> ReadAsync(TSlot slot)
    {
        if (!await _source.MoveNextAsync().ConfigureAwait(false))
        {
            return false;
        }

        await _fill(_source.Current, slot).ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits for the item that is being read; throws where that fails, and forgets the failure.</summary>
    private async Task AwaitRead()
    {
        try
        {
            await _read!.ConfigureAwait(false);
        }
        catch
        {
            _read = null;
            _free.Push(_reading!);
            throw;
        }
    }

    private void TakeReadItem()
    {
        _isSourceEmpty = !_read!.Result;
        _read = null;
        if (_isSourceEmpty)
        {
            _free.Push(_reading!);
        }
        else
        {
            _ahead.Enqueue(_reading!);
            _workers.Add(_reading!);
        }
    }
}

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Works like <see cref="LookAhead{TSlot}"/> on a source whose items arrive over time: a result is returned as soon as it is there.</summary>
internal sealed class AsyncLookAhead<TItem, TSlot> : IAsyncDisposable
    where TSlot : WorkItem
{
    private readonly IAsyncEnumerator<TItem> _source;
    private readonly Action<TItem, TSlot> _fill;
    private readonly WorkerPool _workers;
    private readonly Queue<TSlot> _ahead = new();
    private readonly Stack<TSlot> _free;
    private Task<bool>? _read;
    private bool _isSourceEmpty;
    private TSlot? _current;

    internal AsyncLookAhead(int degreeOfParallelism, Func<TSlot> createSlot, IAsyncEnumerator<TItem> source, Action<TItem, TSlot> fill)
    {
        _source = source;
        _fill = fill;
        _workers = new(degreeOfParallelism);
        _free = new(Enumerable.Range(0, WorkerPool.SlotCount(degreeOfParallelism)).Select(_ => createSlot()));
    }

    /// <summary>Gets the present item, complete or failed.</summary>
    internal TSlot Current => _current ?? throw new InvalidOperationException("There is no present item: call MoveNextAsync, and stop when it returns false.");

    internal async ValueTask<bool> MoveNextAsync()
    {
        Release();
        while (true)
        {
            StartReading();
            if (_read is { IsCompleted: true })
            {
                await TakeReadItem().ConfigureAwait(false);
            }
            else if (!_ahead.TryPeek(out TSlot? next))
            {
                if (_read is null)
                {
                    return false;
                }

                await Task.WhenAny(_read).ConfigureAwait(false);
            }
            else
            {
                Task completion = next.CompleteAsync();
                await (_read is null ? completion : Task.WhenAny(completion, _read)).ConfigureAwait(false);
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
        if (_read is null && !_isSourceEmpty && _free.Count > 0)
        {
            _read = _source.MoveNextAsync().AsTask();
        }
    }

    private async Task TakeReadItem()
    {
        Task<bool> read = _read!;
        _read = null;
        if (!await read.ConfigureAwait(false))
        {
            _isSourceEmpty = true;
            return;
        }

        TSlot slot = _free.Pop();
        _fill(_source.Current, slot);
        _ahead.Enqueue(slot);
        _workers.Add(slot);
    }
}

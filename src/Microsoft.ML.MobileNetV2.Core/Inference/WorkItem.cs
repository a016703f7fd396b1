namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Represents the work on one item of a sequence, with buffers that are reused for the next one.</summary>
internal abstract class WorkItem
{
    private readonly object _gate = new();
    private volatile bool _isDone = true;
    private TaskCompletionSource? _completion;
    private int _isClaimed = 1;

    /// <summary>Gets what the work threw; null where it went well.</summary>
    internal Exception? Error { get; private set; }

    /// <summary>Gets whether the work is done.</summary>
    internal bool IsDone => _isDone;

    /// <summary>Makes the slot ready for another item.</summary>
    internal void Reset()
    {
        Error = null;
        lock (_gate)
        {
            _isDone = false;
        }

        // Last: a worker that still holds the slot from its former item may begin at once.
        Volatile.Write(ref _isClaimed, 0);
    }

    /// <summary>Does the work, unless another thread does it or has done it.</summary>
    internal void RunUnlessClaimed()
    {
        if (!TryClaim())
        {
            return;
        }

        try
        {
            Run();
        }
        catch (Exception e)
        {
            // Any failure belongs to whoever asks for this item, on that thread.
            Error = e;
        }
        finally
        {
            SetDone();
        }
    }

    /// <summary>Returns when the work is done, and does it here where no thread has begun.</summary>
    internal void Complete()
    {
        RunUnlessClaimed();
        Wait();
    }

    /// <summary>Returns a task that ends when the work is done.</summary>
    internal Task CompleteAsync()
    {
        lock (_gate)
        {
            if (_isDone)
            {
                return Task.CompletedTask;
            }

            _completion ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _completion.Task;
        }
    }

    /// <summary>Returns when no thread works on the slot; work that has not begun is given up.</summary>
    internal void Abandon()
    {
        GiveUp();
        Wait();
    }

    /// <summary>Takes work that has not begun as done.</summary>
    internal void GiveUp()
    {
        if (TryClaim())
        {
            SetDone();
        }
    }

    /// <summary>Takes the item as done although its work failed.</summary>
    protected void ForgiveError() => Error = null;

    /// <summary>Does the work of one item.</summary>
    protected abstract void Run();

    private void SetDone()
    {
        lock (_gate)
        {
            _isDone = true;
            Monitor.PulseAll(_gate);
            _completion?.SetResult();
            _completion = null;
        }
    }

    private void Wait()
    {
        lock (_gate)
        {
            while (!_isDone)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    private bool TryClaim() => Interlocked.Exchange(ref _isClaimed, 1) == 0;
}

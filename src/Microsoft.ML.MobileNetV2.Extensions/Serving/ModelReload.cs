using Microsoft.ML.MobileNetV2.Watching;

namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Decides when a file that changes is loaded: after a time without further changes, and several times where that fails.</summary>
internal sealed class ModelReload : IDisposable
{
    internal const int MostAttempts = 6;

    private readonly TimeSpan _delay;
    private readonly Func<int, bool> _tryLoad;
    private readonly Lock _lock = new();
    private readonly Lock _loading = new();
    private readonly ITimer _timer;
    private readonly IFileWatch _watch;
    private int _attempts;

    /// <param name="path">The absolute path of the file.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="watches">Starts the watch.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tryLoad">Loads the file; takes the number of the attempt, from 1, and returns whether it succeeded. Never called twice at once.</param>
    internal ModelReload(string path, ImageClassifierServiceOptions options, FileWatches watches, TimeProvider time, Func<int, bool> tryLoad)
    {
        _delay = options.ReloadDelay;
        _tryLoad = tryLoad;
        _timer = time.CreateTimer(static state => ((ModelReload)state!).Load(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = watches.Start(path, options.PollingInterval, OnChange);
    }

    /// <summary>Notes a change of the file.</summary>
    internal void OnChange()
    {
        lock (_lock)
        {
            _attempts = 0;
            _timer.Change(_delay, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        _timer.Dispose();
    }

    private void Load()
    {
        lock (_loading)
        {
            int attempt = Interlocked.Increment(ref _attempts);
            if (!_tryLoad(attempt) && attempt < MostAttempts)
            {
                Retry(attempt);
            }
        }
    }

    private void Retry(int attempt)
    {
        lock (_lock)
        {
            // A change in between has set the timer already.
            if (_attempts == attempt)
            {
                _timer.Change(_delay * (1 << attempt), Timeout.InfiniteTimeSpan);
            }
        }
    }
}

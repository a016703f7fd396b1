namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads a checkpoint when it is first needed; a failure is not kept, so the next call tries again.</summary>
/// <remarks>Safe to use from several threads: one reads, the others wait for it.</remarks>
internal sealed class CheckpointSource
{
    private readonly Lock _lock = new();
    private readonly Func<IProgress<DownloadProgress>?, CancellationToken, Task<Checkpoint>>? _read;
    private volatile Checkpoint? _checkpoint;
    private Task<Checkpoint>? _running;

    internal CheckpointSource(Checkpoint checkpoint)
    {
        Name = checkpoint.Source;
        _checkpoint = checkpoint;
    }

    internal CheckpointSource(string name, Func<IProgress<DownloadProgress>?, CancellationToken, Task<Checkpoint>> read)
    {
        Name = name;
        _read = read;
    }

    /// <summary>Gets the file or address, for messages.</summary>
    internal string Name { get; }

    internal bool IsLoaded => _checkpoint is not null;

    /// <summary>Returns the checkpoint; on the first call the calling thread waits until it is there.</summary>
    internal Checkpoint Get(IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _checkpoint ?? GetAsync(progress, cancellationToken).GetAwaiter().GetResult();

    internal async Task<Checkpoint> GetAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_checkpoint is { } loaded)
            {
                return loaded;
            }

            (Task<Checkpoint> running, bool isOwn) = JoinOrStart(progress, cancellationToken);
            if (isOwn)
            {
                return await running.ConfigureAwait(false);
            }

            // A failure belongs to the one who started; this one then tries by itself.
            await Task.WhenAny(running).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private (Task<Checkpoint> Running, bool IsOwn) JoinOrStart(IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            bool isOwn = _running is null;
            return (_running ??= Task.Run(() => ReadAsync(progress, cancellationToken), CancellationToken.None), isOwn);
        }
    }

    private async Task<Checkpoint> ReadAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return _checkpoint = await _read!(progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
            }
        }
    }
}

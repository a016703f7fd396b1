namespace Microsoft.ML.MobileNetV2.Watching;

/// <summary>Looks at a file at intervals, where the file system sends no events: network drives, and volumes of containers.</summary>
internal sealed class FilePolling : IFileWatch
{
    private readonly string _path;
    private readonly Action _onChange;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private FileStamp? _last;

    internal FilePolling(string path, TimeSpan interval, TimeProvider time, Action onChange)
    {
        _path = path;
        _onChange = onChange;
        _last = FileStamp.Of(path);
        _timer = time.CreateTimer(static state => ((FilePolling)state!).Look(), this, interval, interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            FileStamp? stamp = FileStamp.Of(_path);
            if (stamp == _last)
            {
                return;
            }

            _last = stamp;
        }

        _onChange();
    }
}

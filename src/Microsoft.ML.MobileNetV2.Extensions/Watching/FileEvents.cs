namespace Microsoft.ML.MobileNetV2.Watching;

/// <summary>Reports the file system's events about one file: written, created, deleted, or another file renamed to its name.</summary>
/// <remarks>Events can be lost; the watcher then says so, which counts as a report.</remarks>
internal sealed class FileEvents : IFileWatch
{
    private readonly FileSystemWatcher _watcher;
    private readonly Action _onChange;

    internal FileEvents(string path, Action onChange)
    {
        _onChange = onChange;
        _watcher = new(Path.GetDirectoryName(path)!, Path.GetFileName(path))
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime,
        };
        _watcher.Changed += OnEvent;
        _watcher.Created += OnEvent;
        _watcher.Deleted += OnEvent;
        _watcher.Renamed += OnEvent;
        _watcher.Error += (_, _) => _onChange();
        _watcher.EnableRaisingEvents = true;
    }

    public void Dispose() => _watcher.Dispose();

    private void OnEvent(object sender, FileSystemEventArgs e) => _onChange();
}

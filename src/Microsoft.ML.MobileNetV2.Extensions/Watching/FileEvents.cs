namespace Microsoft.ML.MobileNetV2.Watching;

/// <summary>
/// Reports the file system's events about one file: written, created, deleted, or another file renamed to its name. Links on the way to it are watched, too,
/// and followed when they lead elsewhere.
/// </summary>
/// <remarks>Events can be lost; the watcher then says so, which counts as a report.</remarks>
internal sealed class FileEvents : IFileWatch
{
    private const int MostAttempts = 5;

    private readonly string _path;
    private readonly Action _onChange;
    private readonly Lock _lock = new();
    private volatile IReadOnlyList<WatchedName> _names = [];
    private FileSystemWatcher[] _watchers = [];
    private bool _isDisposed;

    internal FileEvents(string path, Action onChange)
    {
        (_path, _onChange) = (path, onChange);
        lock (_lock)
        {
            Follow(WatchedName.On(path));
        }
    }

    /// <summary>Gets what is watched now.</summary>
    internal IReadOnlyList<WatchedName> Names => _names;

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Array.ForEach(_watchers, watcher => watcher.Dispose());
        }
    }

    private void OnEvent()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            FollowChanges();
        }

        _onChange();
    }

    /// <summary>Watches what is on the way now. It is looked at again, because it may have changed before the watch began.</summary>
    private void FollowChanges()
    {
        for (int attempt = 0; attempt < MostAttempts && WatchedName.On(_path) is { } names && !names.SequenceEqual(_names); attempt++)
        {
            try
            {
                Follow(names);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // A folder has gone meanwhile; the watch from before stays.
            }
        }
    }

    private void Follow(IReadOnlyList<WatchedName> names)
    {
        List<FileSystemWatcher> watchers = [];
        try
        {
            foreach (IGrouping<string, WatchedName> folder in names.GroupBy(name => name.Folder))
            {
                // A folder above may be forbidden; only that of the file has to be watched.
                if (folder.Key == names[^1].Folder || CanBeListed(folder.Key))
                {
                    watchers.Add(Watch(folder.Key, folder.Select(name => name.Name)));
                }
            }
        }
        catch
        {
            watchers.ForEach(watcher => watcher.Dispose());
            throw;
        }

        Array.ForEach(_watchers, watcher => watcher.Dispose());
        (_names, _watchers) = (names, [.. watchers]);
    }

    private static bool CanBeListed(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private FileSystemWatcher Watch(string folder, IEnumerable<string> names)
    {
        FileSystemWatcher watcher = new(folder)
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime,
        };
        foreach (string name in names)
        {
            watcher.Filters.Add(name);
        }

        watcher.Changed += (_, _) => OnEvent();
        watcher.Created += (_, _) => OnEvent();
        watcher.Deleted += (_, _) => OnEvent();
        watcher.Renamed += (_, _) => OnEvent();
        watcher.Error += (_, _) => OnEvent();
        try
        {
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }
}

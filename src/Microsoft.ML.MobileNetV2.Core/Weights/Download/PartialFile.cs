namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the received part of a file, with the version that the server reported for it.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly string _versionPath;
    private readonly Stream _stream;

    /// <summary>Opens the part that an earlier download left, or creates a new file.</summary>
    internal PartialFile(string path, Func<string, Stream> open)
    {
        _path = path;
        _versionPath = $"{path}.version";
        _stream = Guard(() => open(path));
        Version = File.Exists(_versionPath) ? File.ReadAllText(_versionPath) : string.Empty;
        _stream.Seek(0, SeekOrigin.End);
    }

    internal long Length => _stream.Length;

    /// <summary>Gets the version that the server reported: an entity tag or a date; empty if none.</summary>
    internal string Version { get; private set; }

    public void Dispose() => _stream.Dispose();

    /// <summary>Discards the received part and starts again.</summary>
    internal void Restart(string version) => Guard(() =>
    {
        _stream.SetLength(0);
        File.WriteAllText(_versionPath, version);
        Version = version;
        return true;
    });

    internal void Write(ReadOnlySpan<byte> content)
    {
        try
        {
            _stream.Write(content);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw CannotWrite(e);
        }
    }

    /// <summary>Flushes the file to disk, checks it and moves it to its place, where no reader ever sees a part of it.</summary>
    internal void Complete(string target, Action<Stream> check)
    {
        Guard(() =>
        {
            _stream.Flush();
            (_stream as FileStream)?.Flush(flushToDisk: true);
            _stream.Position = 0;
            check(_stream);
            _stream.Dispose();
            File.Delete(_versionPath);
            File.Move(_path, target, overwrite: true);
            return true;
        });
    }

    /// <summary>Deletes a file in which nothing is.</summary>
    internal void DeleteIfEmpty()
    {
        if (Length == 0)
        {
            Delete();
        }
    }

    internal void Delete()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // A full disk fails again when the rest is flushed; the file goes anyway.
        }

        File.Delete(_path);
        File.Delete(_versionPath);
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw CannotWrite(e);
        }
    }

    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    private WeightsDownloadException CannotWrite(Exception e) => new(
        $"'{_path}' cannot be written. {e.Message} Make room, or set {WeightsDownloadOptions.CacheVariable} to a folder on another disk.", e)
    {
        IsOfDisk = true,
    };
}

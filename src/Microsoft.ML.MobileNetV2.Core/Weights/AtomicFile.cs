namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Writes files so that a reader sees the old content or the whole new one, never a part.</summary>
internal static class AtomicFile
{
    private const string Prefix = ".mobilenetv2-";
    private const string Extension = ".tmp";

    private static readonly string[] DeviceFolders = ["/dev/", "/proc/"];

    /// <summary>A file that is complete is renamed at once; one that lies there for longer and is not open belongs to a process that was killed.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromMinutes(5);

    /// <exception cref="IOException">The file cannot be written, for example because the disk is full. It is as it was.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        path = FollowLinks(path);

        // The name does not grow with that of the file, which may be as long as the file system allows.
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        string temporary = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Extension}");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && e.Message.Contains(temporary, StringComparison.Ordinal))
        {
            File.Delete(temporary);
            throw new IOException($"'{path}' cannot be written: {ReasonOf(e)}", e);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        RemoveLeftovers(folder);
    }

    /// <summary>Returns what the system says, such as that the disk is full, without the name of the temporary file.</summary>
    private static string ReasonOf(IOException error)
    {
        int name = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return name < 0 ? error.Message : $"{error.Message[..name]}.";
    }

    /// <summary>Returns the file that a link leads to, so that the file is replaced and not the link.</summary>
    /// <exception cref="IOException">It is a device: a file in its place would be in everybody's way.</exception>
    private static string FollowLinks(string path)
    {
        FileInfo file = new(path);
        string target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
        return DeviceFolders.Any(folder => target.StartsWith(folder, StringComparison.Ordinal))
            ? throw new IOException($"'{path}' is a device. Give the path of a file.")
            : target;
    }

    private static void RemoveLeftovers(string folder)
    {
        foreach (string leftover in Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}"))
        {
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(leftover) > LeftoverAge)
                {
                    using FileStream stream = new(leftover, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process still has it open, or it is protected: it stays.
            }
        }
    }
}

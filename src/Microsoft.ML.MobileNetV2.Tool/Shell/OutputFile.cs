namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Writes files so that there is the old one or the whole new one, never a part.</summary>
internal static class OutputFile
{
    private static readonly string[] DeviceFolders = ["/dev/", "/proc/"];

    /// <summary>Finds out before long work begins whether a file can be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option or argument that named it, for the message.</param>
    /// <param name="length">The number of bytes that the file will have, about.</param>
    /// <exception cref="CommandException">It cannot.</exception>
    internal static void RequireWritable(string path, string option, long length = 0)
    {
        if (FindFault(path, length) is { } reason)
        {
            throw new CommandException($"'{path}' cannot be written: {reason} Give another file as {option}.");
        }
    }

    /// <summary>Returns why a file cannot be written, as a sentence; null where it can.</summary>
    internal static string? FindFault(string path, long length = 0)
    {
        if (Directory.Exists(path))
        {
            return "it is a folder.";
        }

        try
        {
            string full = FollowLinks(path);
            if (DeviceFolders.Any(device => full.StartsWith(device, StringComparison.Ordinal)))
            {
                return "it is a device.";
            }

            string folder = Path.GetDirectoryName(full)!;
            if (!Directory.Exists(folder))
            {
                return "its folder does not exist.";
            }

            Probe(full);
            long free = new DriveInfo(folder).AvailableFreeSpace;
            return free < length ? FormattableString.Invariant($"its disk has {free / 1e6:0.0} MB left; about {length / 1e6:0.0} MB are needed.") : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ReasonOf(error);
        }
    }

    /// <summary>Refuses to write over what a command reads.</summary>
    /// <exception cref="CommandException">The output is one of the inputs.</exception>
    internal static void RequireOther(string path, string option, IEnumerable<string> inputs)
    {
        if (File.Exists(path))
        {
            foreach (string input in inputs)
            {
                RequireOther(path, option, input);
            }
        }
    }

    /// <summary>Refuses to write over what a command reads.</summary>
    /// <exception cref="CommandException">The output is the input.</exception>
    internal static void RequireOther(string path, string option, string input)
    {
        if (FollowLinks(path) == FollowLinks(input))
        {
            throw CommandException.ForUsage($"'{path}' is read by the command, and cannot be written too. Give another file as {option}.");
        }
    }

    /// <summary>Writes a file beside its final place, then moves it there.</summary>
    /// <exception cref="CommandException">It cannot be written, for example because the disk is full.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        string target = FollowLinks(path);
        string temporary = TemporaryNameFor(target);
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && error.Message.Contains(temporary, StringComparison.Ordinal))
        {
            throw new CommandException($"'{path}' cannot be written: {ReasonOf(error)} What was there before is still there.", error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a text beside its final place, then moves it there.</summary>
    internal static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Returns the file that a link leads to, so that the file is replaced and not the link.</summary>
    internal static string FollowLinks(string path)
    {
        FileInfo file = new(path);
        try
        {
            return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
        }
        catch (IOException error)
        {
            throw new CommandException($"'{path}' is a link to '{file.LinkTarget}', which leads to no file. Remove it, or give another file.", error);
        }
    }

    private static void Probe(string path)
    {
        string probe = TemporaryNameFor(path);
        File.Create(probe).Dispose();
        File.Delete(probe);
        if (File.Exists(path))
        {
            // Opened for writing alone, a pipe waits for somebody who reads it, perhaps for ever.
            FileAccess access = new FileInfo(path).Length == 0 ? FileAccess.ReadWrite : FileAccess.Write;
            using FileStream stream = new(path, FileMode.Open, access, FileShare.None);
            if (!stream.CanSeek)
            {
                throw new IOException("it is a pipe.");
            }
        }
    }

    /// <summary>Returns what the system says, without the name of the temporary file.</summary>
    internal static string ReasonOf(Exception error)
    {
        if (error is UnauthorizedAccessException)
        {
            return "it is write-protected, or its folder is.";
        }

        if (error is DirectoryNotFoundException)
        {
            return "its folder does not exist.";
        }

        int name = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return name < 0 ? error.Message : $"{error.Message[..name].TrimEnd('.')}.";
    }

    private static string TemporaryNameFor(string path) => $"{path}.{Guid.NewGuid():N}.tmp";
}

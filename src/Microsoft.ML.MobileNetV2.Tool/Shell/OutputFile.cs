namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Writes files so that there is the old one or the whole new one, never a part.</summary>
internal static class OutputFile
{
    /// <summary>Finds out before long work begins whether a file can be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option or argument that named it, for the message.</param>
    /// <param name="length">The number of bytes that the file will have, about.</param>
    /// <exception cref="CommandException">It cannot.</exception>
    internal static void RequireWritable(string path, string option, long length = 0)
    {
        if (Directory.Exists(path))
        {
            throw NotWritable(path, "it is a folder.", option);
        }

        try
        {
            string full = Path.GetFullPath(path);
            string folder = Path.GetDirectoryName(full)!;
            if (!Directory.Exists(folder))
            {
                throw NotWritable(path, "its folder does not exist.", option);
            }

            Probe(full);
            long free = new DriveInfo(folder).AvailableFreeSpace;
            if (free < length)
            {
                throw NotWritable(path, FormattableString.Invariant($"its disk has {free / 1e6:0.0} MB left; about {length / 1e6:0} MB are needed."), option);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw NotWritable(path, error.Message, option);
        }
    }

    /// <summary>Writes a file beside its final place, then moves it there.</summary>
    internal static void Write(string path, Action<Stream> write)
    {
        string temporary = TemporaryNameFor(path);
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a text beside its final place, then moves it there.</summary>
    internal static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void Probe(string path)
    {
        string probe = TemporaryNameFor(path);
        File.Create(probe).Dispose();
        File.Delete(probe);
        if (File.Exists(path))
        {
            File.OpenWrite(path).Dispose();
        }
    }

    private static CommandException NotWritable(string path, string reason, string option) =>
        new($"'{path}' cannot be written: {reason} Give another file as {option}.");

    private static string TemporaryNameFor(string path) => $"{path}.{Guid.NewGuid():N}.tmp";
}

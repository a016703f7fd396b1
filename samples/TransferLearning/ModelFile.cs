namespace TransferLearning;

/// <summary>Writes the model so that there is the old file or the whole new one, never a part.</summary>
internal static class ModelFile
{
    /// <summary>Finds out before the work begins whether a file can be written.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    internal static void RequireWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw NotWritable(path, "It is a folder.");
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw NotWritable(path, "Its folder does not exist.");
        }

        try
        {
            string probe = TemporaryNameFor(path);
            File.Create(probe).Dispose();
            File.Delete(probe);
            if (File.Exists(path))
            {
                File.OpenWrite(path).Dispose();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, error.Message);
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

    private static UsageException NotWritable(string path, string reason) =>
        new($"The model cannot be written to '{path}': {reason} Give another file behind --output.");

    private static string TemporaryNameFor(string path) => $"{path}.{Guid.NewGuid():N}.tmp";
}

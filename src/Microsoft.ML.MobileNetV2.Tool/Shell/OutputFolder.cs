namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Creates folders for what a command writes.</summary>
internal static class OutputFolder
{
    /// <summary>Creates a folder, if it is not there, and finds out whether files can be written to it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="option">The option that named it, for the message.</param>
    /// <exception cref="CommandException">It cannot be written to.</exception>
    internal static void Create(string path, string option)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string reason = File.Exists(path) ? "there is a file of that name." : OutputFile.ReasonOf(error);
            throw new CommandException($"The folder '{path}' cannot be created: {reason} Give another one as {option}.", error);
        }

        if (OutputFile.FindFault(Path.Combine(path, Path.GetRandomFileName())) is { } fault)
        {
            throw new CommandException($"Nothing can be written to the folder '{path}': {fault} Give another one as {option}.");
        }
    }
}

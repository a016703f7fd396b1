namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Refuses paths that lead to no file, before anything is read.</summary>
internal static class InputFile
{
    /// <summary>Refuses what is no file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="wayOut">What to give instead, as a sentence.</param>
    /// <exception cref="CommandException">There is no such file.</exception>
    internal static void Require(string path, string wayOut)
    {
        if (FaultOf(path) is { } fault)
        {
            throw new CommandException($"'{path}' {fault}. {wayOut}");
        }
    }

    private static string? FaultOf(string path) =>
        Directory.Exists(path) ? "is a folder"
        : !File.Exists(path) ? "does not exist"
        : new FileInfo(path).LinkTarget is { } target && !IsStream(path) && !LeadsToAFile(path) ? $"is a link to '{target}', which leads to no file"
        : null;

    /// <summary>Returns whether a path stands for what another program writes, such as <c>/dev/stdin</c>: links there have no names at their end.</summary>
    private static bool IsStream(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    private static bool LeadsToAFile(string link)
    {
        try
        {
            return new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true };
        }
        catch (IOException)
        {
            return false; // It leads back to itself.
        }
    }
}

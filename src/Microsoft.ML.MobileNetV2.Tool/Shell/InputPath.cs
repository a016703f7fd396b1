namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Refuses paths that lead to nothing, or to something else, before anything is read.</summary>
internal static class InputPath
{
    /// <summary>Refuses what is no file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="wayOut">What to give instead, as a sentence.</param>
    /// <exception cref="CommandException">There is no such file.</exception>
    internal static void RequireFile(string path, string wayOut) => Require(path, wayOut, Directory.Exists(path) ? "is a folder" : FindFault(path));

    /// <summary>Refuses what is no folder.</summary>
    /// <param name="path">The path.</param>
    /// <param name="wayOut">What to give instead, as a sentence.</param>
    /// <exception cref="CommandException">There is no such folder.</exception>
    internal static void RequireFolder(string path, string wayOut) => Require(path, wayOut, Directory.Exists(path) ? null : FindFault(path) ?? "is a file");

    /// <summary>Refuses what is neither a file nor a folder.</summary>
    /// <param name="path">The path.</param>
    /// <param name="wayOut">What to give instead, as a sentence.</param>
    /// <exception cref="CommandException">There is nothing.</exception>
    internal static void RequireAny(string path, string wayOut) => Require(path, wayOut, Directory.Exists(path) ? null : FindFault(path));

    private static void Require(string path, string wayOut, string? fault)
    {
        if (fault is not null)
        {
            throw new CommandException($"'{path}' {fault}. {wayOut}");
        }
    }

    /// <summary>Returns what is wrong with a path that is no folder; null for that of a file.</summary>
    private static string? FindFault(string path) =>
        !IsStream(path) && new FileInfo(path).LinkTarget is { } target && !LeadsToAFile(path) ? $"is a link to '{target}', which leads to no file"
        : File.Exists(path) ? null
        : DescribeMissing(path);

    /// <summary>Returns what to say of a path that leads to nothing; some tell why.</summary>
    private static string DescribeMissing(string path) => path switch
    {
        _ when path.Contains("://", StringComparison.Ordinal) => "is an address, which is not read: save the file first",
        ['~', '/' or '\\', ..] => "does not exist: '~' is not replaced, so write out the home folder",
        _ when path.AsSpan().ContainsAny('*', '?') => "does not exist: '*' and '?' are not replaced, so give the folder",
        _ => "does not exist",
    };

    /// <summary>Returns whether a path stands for what another program writes, such as <c>/dev/stdin</c>: links there have no names at their end.</summary>
    internal static bool IsStream(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

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

namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Computes where a path leads when all links in it are followed.</summary>
internal static class RealPath
{
    /// <summary>Gets what compares paths as the operating system usually does.</summary>
    internal static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <exception cref="IOException">A link leads back to itself.</exception>
    internal static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string result = Path.GetPathRoot(full)!;
        foreach (string name in full[result.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            DirectoryInfo next = new(Path.Combine(result, name));
            result = next.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : next.FullName;
        }

        return result;
    }

    /// <summary>Returns whether a folder is another one or lies above it; both paths are real.</summary>
    internal static bool IsSameOrAbove(string folder, string other) =>
        Comparer.Equals(folder, other) || Comparer.Equals(other[..Math.Min(other.Length, WithSeparator(folder).Length)], WithSeparator(folder));

    private static string WithSeparator(string folder) => Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
}

namespace Microsoft.ML.MobileNetV2.Watching;

/// <summary>Represents a file or a link whose change makes a path lead to another content.</summary>
/// <param name="Folder">The folder, which is there.</param>
/// <param name="Name">The name in it, which may be missing.</param>
internal readonly record struct WatchedName(string Folder, string Name)
{
    /// <summary>As in Linux: more links are a circle.</summary>
    private const int MostLinks = 40;

    /// <summary>Returns the links on the way to a file, and the file at their end: those of a volume of Kubernetes lead through a link that is swapped.</summary>
    /// <param name="path">The absolute path of a file.</param>
    internal static IReadOnlyList<WatchedName> On(string path)
    {
        List<WatchedName> names = [];
        string current = Path.GetPathRoot(path)!;
        Stack<string> left = new(NamesOf(path[current.Length..]));
        while (left.TryPop(out string? name))
        {
            string next = Path.GetFullPath(name, current);
            if (LinkTargetOf(next) is { } target && names.Count < MostLinks)
            {
                names.Add(new(current, name));
                current = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : current;
                Array.ForEach(NamesOf(target[(Path.GetPathRoot(target)?.Length ?? 0)..]), left.Push);
            }
            else if (left.Count == 0 || !Directory.Exists(next))
            {
                names.Add(new(current, name));
                return names;
            }
            else
            {
                current = next;
            }
        }

        return names;
    }

    /// <summary>Returns the names in a path, from the last one on.</summary>
    private static string[] NamesOf(string path) =>
        [.. path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse()];

    private static string? LinkTargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Keeps a folder from being read twice, however many links lead to it.</summary>
internal sealed class FolderVisits
{
    private readonly HashSet<string> _realPaths = new(RealPath.Comparer);
    private string _root = string.Empty;

    /// <summary>Notes the folder that is read; returns its real path.</summary>
    internal string EnterRoot(string folder)
    {
        _root = RealPath.Of(folder);
        _realPaths.Add(_root);
        return _root;
    }

    /// <summary>Notes a folder below another one.</summary>
    /// <param name="parent">The real path of the folder that it was found in.</param>
    /// <param name="folder">The folder, or a link to one.</param>
    /// <param name="realPath">The real path of the folder.</param>
    /// <returns>Why it is not to be read, behind its path; null where it is.</returns>
    internal string? Enter(string parent, DirectoryInfo folder, out string realPath)
    {
        realPath = Path.Combine(parent, folder.Name);
        if (folder.LinkTarget is not null)
        {
            realPath = RealPath.Of(realPath);
            if (RealPath.IsSameOrAbove(realPath, parent) || RealPath.IsSameOrAbove(realPath, _root))
            {
                return $"is a link to '{realPath}', which it lies in itself; it is not followed.";
            }
        }

        return _realPaths.Add(realPath) ? null : $"is the folder '{realPath}', which another link leads to; its images are taken once.";
    }
}

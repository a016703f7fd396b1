namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Finds the repository's files.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>Gets README.md and CHANGELOG.md of the root, all pages below docs/, and those of the packages, as paths from the root.</summary>
    internal static IReadOnlyList<string> MarkdownFiles { get; } = FindMarkdownFiles();

    /// <summary>Gets the pages of the packages, which nuget.org shows, as full paths.</summary>
    internal static IEnumerable<string> PackagePages => Directory.EnumerateDirectories(PathOf("src")).Select(project => Path.Combine(project, "PACKAGE.md"));

    internal static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Microsoft.ML.MobileNetV2.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' has the solution.");
    }

    private static string[] FindMarkdownFiles()
    {
        string docs = PathOf("docs");
        IEnumerable<string> pages = Directory.Exists(docs) ? Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories) : [];
        return [.. Directory.EnumerateFiles(Root, "*.md").Concat(pages).Concat(PackagePages.Where(File.Exists)).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];
    }
}

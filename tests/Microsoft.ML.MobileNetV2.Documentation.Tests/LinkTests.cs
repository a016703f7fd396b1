using System.Text.RegularExpressions;

namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Links inside the repository lead to a file, and to a heading in it.</summary>
[TestClass]
public sealed partial class LinkTests
{
    public static IEnumerable<string> Files => Repository.MarkdownFiles;

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void RelativeLinks_LeadToFilesAndHeadings(string file)
    {
        string path = Repository.PathOf(file);

        string[] dead =
        [
            .. Link().Matches(File.ReadAllText(path))
                .Select(match => match.Groups[1].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal) && !IsAlive(path, target)),
        ];

        Assert.IsEmpty(dead, $"{file} links to what does not exist: {string.Join(", ", dead)}");
    }

    private static bool IsAlive(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(path) && (parts.Length == 1 || Anchors(path).Contains(parts[1]));
    }

    /// <summary>Returns the names that GitHub gives to the headings of a page.</summary>
    private static IEnumerable<string> Anchors(string path) => Heading().Matches(CodeFence().Replace(File.ReadAllText(path), string.Empty))
        .Select(match => NoWordCharacter().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeFence();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex NoWordCharacter();
}

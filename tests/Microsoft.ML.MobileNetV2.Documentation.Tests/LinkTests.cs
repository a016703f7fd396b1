using System.Text.RegularExpressions;

namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Links inside the repository lead somewhere.</summary>
[TestClass]
public sealed partial class LinkTests
{
    public static IEnumerable<string> Files => Repository.MarkdownFiles;

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void RelativeLinks_LeadToFiles(string file)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(file))!;

        string[] dead =
        [
            .. Link().Matches(File.ReadAllText(Repository.PathOf(file)))
                .Select(match => match.Groups[1].Value.Split('#')[0])
                .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
                .Where(target => !Path.Exists(Path.Combine(folder, target))),
        ];

        Assert.IsEmpty(dead, $"{file} links to what does not exist: {string.Join(", ", dead)}");
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}

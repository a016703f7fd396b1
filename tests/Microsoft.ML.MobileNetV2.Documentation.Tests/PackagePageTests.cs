using System.Text.RegularExpressions;
using Markdig;

namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>The pages of the packages stand alone: nuget.org shows them without the repository around.</summary>
[TestClass]
public sealed partial class PackagePageTests
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build();

    public static IEnumerable<string> Pages => Repository.PackagePages.Where(File.Exists).Select(path => Path.GetRelativePath(Repository.Root, path));

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void Page_RendersTablesAndCode_AndLinksToNoFile(string page)
    {
        string html = Markdown.ToHtml(File.ReadAllText(Repository.PathOf(page)), Pipeline);

        Assert.StartsWith($"<h1>{Path.GetFileName(Path.GetDirectoryName(page))}</h1>", html);
        Assert.Contains("<table>", html);
        Assert.Contains("<code class=\"language-csharp\">", html);
        Assert.DoesNotContain("|--", html);
        Assert.IsEmpty(Target().Matches(html).Select(match => match.Groups[1].Value).Where(target => !target.StartsWith("https://", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Packages_HaveAPage() => Assert.IsGreaterThanOrEqualTo(2, Pages.Count());

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Target();
}

namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>The table of messages in docs/questions.md quotes this library's messages as its sources have them, with "…" for what differs each time.</summary>
[TestClass]
public sealed class MessageTests
{
    private const string Page = "docs/questions.md";
    private const string Heading = "## Messages";
    private const string ThisLibrary = "this library";

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', Directory
        .EnumerateFiles(Repository.PathOf("src"), "*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path) is ".cs" or ".targets")
        .Select(File.ReadAllText)));

    public static IEnumerable<string> Messages => Rows().Where(row => row[1] == ThisLibrary).Select(row => row[0]);

    [TestMethod]
    [DynamicData(nameof(Messages))]
    public void Message_IsInTheSources(string message)
    {
        string[] fragments = FragmentsOf(message);

        string[] missing = [.. fragments.Where(fragment => !Sources.Value.Contains(fragment, StringComparison.Ordinal))];

        Assert.IsNotEmpty(fragments);
        Assert.IsEmpty(missing, $"No source under src/ has: {string.Join(" | ", missing)}");
    }

    [TestMethod]
    public void Rows_HaveMessageOriginCauseAndCure()
    {
        string[][] rows = [.. Rows()];

        Assert.IsEmpty(rows.Where(row => row.Length != 4 || row.Any(cell => cell.Length == 0) || FragmentsOf(row[0]).Length == 0).Select(row => string.Join(" | ", row)));
        Assert.IsGreaterThan(15, Messages.Count());
    }

    [TestMethod]
    public void FragmentsOf_LeavesOutWhatDiffersEachTime() =>
        Assert.AreSequenceEqual(["The list of images '", "' is a folder"], FragmentsOf("`The list of images '…' is a folder`"));

    /// <summary>Returns the parts of a message that are always the same.</summary>
    private static string[] FragmentsOf(string message) => message.Trim('`').Split('…').Where(part => part.Trim().Length > 3).ToArray();

    private static IEnumerable<string[]> Rows() => File.ReadLines(Repository.PathOf(Page))
        .SkipWhile(line => line != Heading)
        .Where(line => line.StartsWith('|'))
        .Skip(2)
        .Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray());
}

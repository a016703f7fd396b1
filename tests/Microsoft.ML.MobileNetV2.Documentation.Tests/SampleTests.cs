namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Samples stay short enough to be read in one go.</summary>
[TestClass]
public sealed class SampleTests
{
    private const int MaxCodeLines = 100;

    public static IEnumerable<string> Programs =>
        Directory.EnumerateFiles(Repository.PathOf("samples"), "Program.cs", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path));

    [TestMethod]
    [DynamicData(nameof(Programs))]
    public void Program_HasFewerThan100LinesOfCode(string program)
    {
        int codeLines = File.ReadLines(Repository.PathOf(program)).Count(IsCode);

        Assert.IsLessThan(MaxCodeLines, codeLines);
    }

    private static bool IsCode(string line) => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal);
}

namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Programs on the pages run, and print what the page shows, where it shows it: a block of text below the code.</summary>
/// <remarks>Services are started and stopped. Only what a comment on the page excepts, and what declares types alone, is not run.</remarks>
[TestClass]
[DoNotParallelize]
public sealed class ProgramTests
{
    private static ReaderFolder? _folder;

    public static IEnumerable<(string File, int Line)> Programs => AllBlocks.Where(IsRun).Select(block => (block.File, block.Line));

    private static IEnumerable<CodeBlock> AllBlocks => Repository.MarkdownFiles.SelectMany(CodeBlock.Read);

    [ClassInitialize]
    public static void CreateFolder(TestContext context) => _folder = new();

    [ClassCleanup]
    public static void DeleteFolder() => _folder?.Dispose();

    [TestMethod]
    [DynamicData(nameof(Programs))]
    public void Program_PrintsWhatThePageShows(string file, int line)
    {
        CodeBlock block = CodeBlock.Read(file).Single(block => block.Line == line);
        DirectoryInfo folder = _folder!.Copy();

        IReadOnlyList<string> printed = ProgramRun.Run(block, folder.FullName);

        folder.Delete(recursive: true);
        Assert.AreSequenceEqual(block.Chain.SelectMany(part => part.Output), printed, $"It printed:{Environment.NewLine}{string.Join(Environment.NewLine, printed)}");
    }

    [TestMethod]
    public void ExceptedBlocks_HaveAReason_AndAreTheSmallerPart()
    {
        CodeBlock[] excepted = [.. AllBlocks.Where(block => !block.IsRunHere)];

        Assert.IsEmpty(excepted.SelectMany(block => block.Marks).Where(mark => mark.StartsWith(CodeBlock.NotRunMark, StringComparison.Ordinal) && !mark.EndsWith(" -->", StringComparison.Ordinal)));
        Assert.IsLessThan(Programs.Count(), 3 * excepted.Length);
    }

    [TestMethod]
    public void OutputBlocks_StandBelowCode()
    {
        string[] lone = [.. Repository.MarkdownFiles.Where(file => Fence.Read(File.ReadAllLines(Repository.PathOf(file))).FirstOrDefault(fence => fence.Language is "csharp" or "text") is { Language: "text" })];

        Assert.IsEmpty(lone, string.Join(", ", lone));
    }

    [TestMethod]
    public void Run_ProgramThatAwaitsAndWritesAFile_RunsInTheFolderAndReturnsItsLines()
    {
        CodeBlock block = CodeBlock.Read("page.md", ["   ```csharp", "   await Task.Yield();", "   File.WriteAllText(\"a.txt\", \"\");", "   Console.WriteLine($\"  {0.5:P0}\");", "   ```", "prints", "   ```text", "     50 %", "   ```"])[0];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mobilenetv2-program-");

        IReadOnlyList<string> printed = ProgramRun.Run(block, folder.FullName);

        bool isWritten = File.Exists(Path.Combine(folder.FullName, "a.txt"));
        folder.Delete(recursive: true);
        Assert.IsTrue(isWritten);
        Assert.AreSequenceEqual(["  50 %"], printed);
        Assert.AreSequenceEqual(printed, block.Output);
    }

    private static bool IsRun(CodeBlock block) => block.IsRunHere && CodeBlockCompiler.IsProgram(block);
}

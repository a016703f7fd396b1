namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>What README.md and docs/ show is compiled against the library.</summary>
[TestClass]
public sealed class CodeTests
{
    public static IEnumerable<(string File, int Line)> Blocks => Repository.MarkdownFiles.SelectMany(CodeBlock.Read).Select(block => (block.File, block.Line));

    [TestMethod]
    [DynamicData(nameof(Blocks))]
    public void Block_Compiles(string file, int line)
    {
        CodeBlock block = CodeBlock.Read(file).Single(block => block.Line == line);

        IReadOnlyList<string> errors = CodeBlockCompiler.FindErrors(block);

        Assert.IsEmpty(errors, string.Join(Environment.NewLine, errors));
    }

    [TestMethod]
    public void Readme_ShowsCode() => Assert.IsNotEmpty(CodeBlock.Read("README.md"));

    [TestMethod]
    public void FindErrors_NamesFileAndLine()
    {
        string[] page =
        [
            "Text", "```csharp", "using Microsoft.ML;", "MLContext context = new();", "class Row;", "```",
            "<!-- continues the block above -->", "", "```csharp", "Row row = new();", "context.Transforms.MobileNetV3();", "```",
        ];

        IReadOnlyList<string> errors = CodeBlockCompiler.FindErrors(CodeBlock.Read("docs/page.md", page)[1]);

        Assert.HasCount(1, errors);
        Assert.StartsWith("docs/page.md(11): CS1061 ", errors[0]);
    }

    [TestMethod]
    public void FindErrors_SyntaxError_NamesFileAndLine()
    {
        IReadOnlyList<string> errors = CodeBlockCompiler.FindErrors(CodeBlock.Read("page.md", ["```csharp", "int a = 1", "int b = 2;", "```"])[0]);

        Assert.IsNotEmpty(errors);
        Assert.StartsWith("page.md(2): CS1003 ", errors[0]);
    }
}

using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests;

/// <summary>Every command explains itself, with an example that works.</summary>
[TestClass]
public sealed class HelpTests
{
    /// <summary>Gets the words of each command, such as "weights list".</summary>
    public static IEnumerable<string> Commands => ToolRoot.Create().Subcommands.SelectMany(command => NamesOf(command, command.Name));

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task Help_HasADescriptionAndExamplesThatParse(string command)
    {
        string[] words = command.Split(' ');

        ToolRun run = await ToolRun.StartAsync([.. words, "--help"]);

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains($"mobilenetv2 {command}", run.Output);
        string[] examples = [.. run.OutputLines.SkipWhile(line => line is not ("Example:" or "Examples:")).Skip(1).Select(line => line.Trim())];
        Assert.IsNotEmpty(examples, "examples");
        foreach (string example in examples)
        {
            Assert.StartsWith($"mobilenetv2 {command} ", $"{example} ");
            ParseResult parsed = ToolRoot.Create().Parse(example["mobilenetv2 ".Length..]);
            Assert.IsEmpty(parsed.Errors, example);
            Assert.AreEqual(words[^1], parsed.CommandResult.Command.Name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Page_NamesTheCommand(string command) =>
        Assert.Contains(command.Contains(' ', StringComparison.Ordinal) ? $"mobilenetv2 {command}" : $"\n## {command}\n", ReadPage(), $"docs/command.md lacks {command}");

    [TestMethod]
    public void Page_ShowsCommandLinesThatParse()
    {
        string[] lines = [.. ReadPage().Split('\n').Where(line => line.StartsWith("mobilenetv2 ", StringComparison.Ordinal))];

        Assert.IsGreaterThan(8, lines.Length, "command lines");
        foreach (string line in lines)
        {
            Assert.IsEmpty(ToolRoot.Create().Parse(line["mobilenetv2 ".Length..]).Errors, line);
        }
    }

    [TestMethod]
    public async Task Help_OfTheTool_ListsEveryCommand()
    {
        ToolRun run = await ToolRun.StartAsync("--help");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        foreach (string command in ToolRoot.Create().Subcommands.Select(command => command.Name))
        {
            Assert.Contains($"\n  {command} ", run.Output);
        }
    }

    private static string ReadPage() => File.ReadAllText(Repository.PathOf("docs", "command.md")).ReplaceLineEndings("\n");

    private static IEnumerable<string> NamesOf(System.CommandLine.Command command, string path) => command is ToolCommand
        ? [path]
        : command.Subcommands.SelectMany(inner => NamesOf(inner, $"{path} {inner.Name}"));
}

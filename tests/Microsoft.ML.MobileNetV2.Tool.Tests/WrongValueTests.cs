using Microsoft.ML.MobileNetV2.Tool.Commands;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests;

/// <summary>Every option and argument of every command refuses what it cannot take, and says what was given and what is expected, in words of the command line.</summary>
[TestClass]
public sealed class WrongValueTests
{
    /// <summary>What is no value of any option but those that take a text.</summary>
    private const string Wrong = "wrong-value";

    /// <summary>Gets each command that can be run, by its words, with each of its options that take a value.</summary>
    public static IEnumerable<object[]> Options =>
        from pair in Commands
        from option in pair.Command.Options.Where(option => option.ValueType != typeof(bool))
        select new object[] { pair.Words, option.Name };

    /// <summary>Gets each command by its words with each of its arguments.</summary>
    public static IEnumerable<object[]> Arguments => from pair in Commands from argument in pair.Command.Arguments select new object[] { pair.Words, argument.Name };

    private static IEnumerable<(string Words, System.CommandLine.Command Command)> Commands => ToolRoot.Create().Subcommands.SelectMany(command => Descend(command, command.Name));

    [TestMethod]
    [DynamicData(nameof(Options))]
    public async Task Option_WrongValue_IsNamedWithWhatIsExpected(string command, string option)
    {
        Type type = Find(command).Options.Single(candidate => candidate.Name == option).ValueType;
        bool isText = type == typeof(string) || type == typeof(string[]);
        string value = isText ? string.Empty : Wrong;

        ToolRun run = await ToolRun.StartAsync([.. command.Split(' '), option, value]);

        AssertRefused(run, isText ? $"{option} is empty; expected a value." : $"{option} is '{Wrong}'; expected ");
    }

    [TestMethod]
    [DynamicData(nameof(Arguments))]
    public async Task Argument_Empty_IsNamed(string command, string argument)
    {
        string[] values = [.. Find(command).Arguments.TakeWhile(other => other.Name != argument).Select(_ => "given")];

        ToolRun run = await ToolRun.StartAsync([.. command.Split(' '), .. values, " "]);

        AssertRefused(run, $"The argument '{argument}' is empty; expected a value.");
    }

    private static void AssertRefused(ToolRun run, string message)
    {
        Assert.AreEqual((ExitCode.WrongUsage, string.Empty), (run.ExitCode, run.Output), run.Error);
        Assert.HasCount(1, run.ErrorLines.Where(line => line.StartsWith(message, StringComparison.Ordinal)), run.Error);
        Assert.AreEqual(string.Join('\n', run.ErrorLines) + "\n", run.Error, "no blank lines");
        Assert.DoesNotContain("System.", run.Error);
    }

    private static System.CommandLine.Command Find(string words) => Commands.Single(pair => pair.Words == words).Command;

    private static IEnumerable<(string Words, System.CommandLine.Command Command)> Descend(System.CommandLine.Command command, string words) => command is ToolCommand
        ? [(words, command)]
        : command.Subcommands.SelectMany(inner => Descend(inner, $"{words} {inner.Name}"));
}

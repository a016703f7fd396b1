using System.CommandLine;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Represents a command: its arguments, its options, what it does, and at least one example for <c>--help</c>.</summary>
internal abstract class ToolCommand(string name, string description, params string[] examples) : System.CommandLine.Command(name, description)
{
    /// <summary>Gets command lines, from <c>mobilenetv2</c> on.</summary>
    internal IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Runs the command.</summary>
    /// <returns>A member of <see cref="ExitCode"/>; what fails is thrown.</returns>
    internal abstract Task<int> RunAsync(ParseResult arguments, CommandContext context);
}

using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Represents what a command line wrote and returned when it ran in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    internal static Task<ToolRun> StartAsync(params string[] arguments) => StartAsync(CancellationToken.None, arguments);

    internal static async Task<ToolRun> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        Terminal terminal = new(TextWriter.Synchronized(output), TextWriter.Synchronized(error), IsOutputInteractive: false, IsErrorInteractive: false);
        int exitCode = await CommandLineTool.RunAsync(arguments, terminal, cancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }

    internal string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

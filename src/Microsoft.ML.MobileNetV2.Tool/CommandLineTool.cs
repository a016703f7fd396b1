using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Microsoft.ML.MobileNetV2.Tool.Commands;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool;

/// <summary>Runs a command line from its arguments to its exit code.</summary>
internal static class CommandLineTool
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments behind <c>mobilenetv2</c>.</param>
    /// <param name="terminal">Where output goes.</param>
    /// <param name="cancellationToken">Ends the command; what it has by then is kept where that is useful.</param>
    /// <returns>A member of <see cref="ExitCode"/>.</returns>
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        // Numbers look the same everywhere; the change ends with this method.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        ParseResult parsed = ToolRoot.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        CommandContext context = new(terminal, parsed.GetValue(GlobalOptions.Json), parsed.GetValue(GlobalOptions.Verbose), cancellationToken);
        try
        {
            return parsed.Action switch
            {
                ParseErrorAction => ReportWrongUsage(parsed, terminal),
                null => await ((ToolCommand)parsed.CommandResult.Command).RunAsync(parsed, context),
                _ => await parsed.InvokeAsync(Configure(terminal.Output, terminal.Error), cancellationToken),
            };
        }
        catch (Exception error)
        {
            return ErrorReport.Write(error, context);
        }
    }

    private static int ReportWrongUsage(ParseResult parsed, Terminal terminal)
    {
        foreach (string line in WrongUsage.Describe(parsed))
        {
            terminal.Error.WriteLine(Printable.LineOf(line));
        }

        terminal.Error.WriteLine($"'{CommandNames.PathOf(parsed.CommandResult)} --help' shows what is possible.");
        return ExitCode.WrongUsage;
    }

    /// <summary>Returns a configuration that leaves signals and exceptions to this class.</summary>
    private static InvocationConfiguration Configure(TextWriter output, TextWriter error) =>
        new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
}

using Spectre.Console;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Creates consoles of Spectre.Console on a stream.</summary>
internal static class TerminalConsole
{
    /// <summary>The width of tables where there is no terminal to fit them into.</summary>
    private const int PlainWidth = 160;

    internal static IAnsiConsole Create(TextWriter writer, bool isInteractive)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new StreamOutput(writer, isInteractive),
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isInteractive)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    /// <summary>Represents a stream that says itself whether it is a terminal.</summary>
    private sealed class StreamOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        private readonly AnsiConsoleOutput _output = new(writer);

        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => isTerminal ? _output.Width : PlainWidth;

        public int Height => _output.Height;

        public void SetEncoding(System.Text.Encoding encoding) => _output.SetEncoding(encoding);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Represents what a command writes to, and what ends it.</summary>
internal sealed class CommandContext
{
    private readonly Terminal _terminal;

    /// <summary>The console that shows bars at the moment; null where none does.</summary>
    private IAnsiConsole? _live;

    internal CommandContext(Terminal terminal, bool isJson, bool isVerbose, CancellationToken cancellationToken)
    {
        _terminal = terminal;
        IsJson = isJson;
        IsVerbose = isVerbose;
        CancellationToken = cancellationToken;
        Human = isJson ? TerminalConsole.Create(terminal.Error, terminal.IsErrorInteractive) : TerminalConsole.Create(terminal.Output, terminal.IsOutputInteractive);
    }

    /// <summary>Gets whether the result is to be JSON.</summary>
    internal bool IsJson { get; }

    /// <summary>Gets whether errors are to be shown with their origin.</summary>
    internal bool IsVerbose { get; }

    internal CancellationToken CancellationToken { get; }

    /// <summary>Gets the console for people: the standard output, or the standard error where the result is JSON.</summary>
    internal IAnsiConsole Human { get; }

    /// <summary>Gets the standard error.</summary>
    internal TextWriter Error => _terminal.Error;

    /// <summary>Writes a line for people. Control characters, which names of files may have, do not reach the terminal.</summary>
    internal void WriteLine(string text = "") => WriteLine(text, Human.Profile.Out.Writer);

    /// <summary>Writes a warning as one line to the standard error.</summary>
    internal void Warn(string text) => WriteLine(Printable.LineOf($"warning: {text}"), Error);

    /// <summary>Writes text to the standard output as it is.</summary>
    internal void WriteOutput(string text) => _terminal.Output.Write(text);

    /// <summary>Writes the result to the standard output as one line of JSON.</summary>
    internal void WriteJson<T>(T result, JsonTypeInfo<T> type) => WriteOutput(ToJson(result, type, isIndented: false) + "\n");

    /// <summary>Returns JSON in which text of any language stays readable.</summary>
    internal static string ToJson<T>(T value, JsonTypeInfo<T> type, bool isIndented)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = isIndented, NewLine = "\n" }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Runs work whose progress is shown: as a bar where a person looks, otherwise as lines on the standard error.</summary>
    internal T RunWithProgress<T>(Func<IWorkProgress, T> work)
    {
        IAnsiConsole? console = Human.Profile.Out.IsTerminal ? Human
            : _terminal.IsErrorInteractive ? TerminalConsole.Create(_terminal.Error, isInteractive: true)
            : null;
        if (console is null)
        {
            return work(new PlainProgress(Error));
        }

        try
        {
            _live = console;
            return BarProgress.Run(console, work);
        }
        finally
        {
            _live = null;
        }
    }

    /// <summary>Writes a line to a stream; while bars are shown, above them.</summary>
    private void WriteLine(string text, TextWriter writer)
    {
        if (_live is { } console && (writer == console.Profile.Out.Writer || (writer == Error && _terminal.IsErrorInteractive)))
        {
            console.WriteLine(Printable.Of(text));
        }
        else
        {
            writer.WriteLine(Printable.Of(text));
        }
    }
}

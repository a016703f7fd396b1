using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Writes what happens in the server as lines, as the other commands do.</summary>
internal sealed class ServerLog(TextWriter writer, bool isVerbose) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string text = Prefix(logLevel) + formatter(state, exception) + (exception is null ? string.Empty : $": {exception.Message}");
        if (isVerbose && exception is not null)
        {
            text += Environment.NewLine + exception;
        }

        writer.WriteLine(Printable.Of(text));
    }

    public void Dispose()
    {
    }

    private static string Prefix(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning: ",
        >= LogLevel.Error => "error: ",
        _ => string.Empty,
    };
}

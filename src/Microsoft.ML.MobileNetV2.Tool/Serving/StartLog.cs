using Microsoft.Extensions.Logging;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Passes on what a server writes, errors only after it has started: one that keeps it from starting is thrown, and would be said twice.</summary>
internal sealed class StartLog(ILoggerProvider inner) : ILoggerProvider
{
    private volatile bool _isStarted;

    internal bool IsStarted
    {
        get => _isStarted;
        set => _isStarted = value;
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, inner.CreateLogger(categoryName));

    public void Dispose()
    {
        // The log belongs to the command.
    }

    private sealed class Logger(StartLog log, ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => (log.IsStarted || logLevel < LogLevel.Error) && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}

using Microsoft.Extensions.Logging;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Keeps what is logged, a line for each message.</summary>
internal sealed class ListLogger : ILogger
{
    internal List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    internal bool IsEnabledForAll { get; init; } = true;

    public bool IsEnabled(LogLevel logLevel) => IsEnabledForAll;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add($"{logLevel} {formatter(state, exception)}");
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Writes to <c>MLContext.Log</c>, for pipelines that have no log of their own.</summary>
internal sealed class ContextLog : ILogger
{
    /// <summary>Messages have names of columns and files.</summary>
    private const MessageSensitivity Sensitivity = MessageSensitivity.Schema | MessageSensitivity.UserData;

    private readonly IHostEnvironment _environment;

    private ContextLog(IHostEnvironment environment) => _environment = environment;

    /// <summary>Returns the log of the context that a catalog belongs to; one that writes nothing where ML.NET does not tell the context.</summary>
    internal static ILogger Of(object catalog)
    {
        // ML.NET gives every catalog its environment, but shows it to its own assemblies alone.
        Type? type = Array.Find(catalog.GetType().GetInterfaces(), type => type.Name == "IInternalCatalog");
        return type?.GetProperty("Environment")?.GetValue(catalog) is IHostEnvironment environment ? new ContextLog(environment) : NullLogger.Instance;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        using IChannel channel = _environment.Start(nameof(MobileNetV2));
        string message = formatter(state, exception);
        switch (logLevel)
        {
            case LogLevel.Error or LogLevel.Critical:
                channel.Error(Sensitivity, message);
                break;
            case LogLevel.Warning:
                channel.Warning(Sensitivity, message);
                break;
            case LogLevel.Information:
                channel.Info(Sensitivity, message);
                break;
            default:
                channel.Trace(Sensitivity, message);
                break;
        }
    }
}

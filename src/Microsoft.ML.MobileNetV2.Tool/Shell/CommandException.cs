namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Represents a failure whose message names the file or option and the way out, in one or two lines.</summary>
internal sealed class CommandException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Gets the exit code.</summary>
    internal int ExitCode { get; init; } = Shell.ExitCode.Failed;

    /// <summary>Returns the exception for options that contradict each other or are out of range.</summary>
    internal static CommandException ForUsage(string message) => new(message) { ExitCode = Shell.ExitCode.WrongUsage };
}

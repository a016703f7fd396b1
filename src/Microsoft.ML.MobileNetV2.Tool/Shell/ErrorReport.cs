namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Says on the standard error what went wrong.</summary>
internal static class ErrorReport
{
    /// <summary>Writes an error in one or two lines, with its stack where that was asked for.</summary>
    /// <returns>The exit code.</returns>
    internal static int Write(Exception error, CommandContext context)
    {
        context.Error.WriteLine(Printable.Of(MessageOf(error)));
        if (context.IsVerbose)
        {
            context.Error.WriteLine(Printable.Of(error.ToString()));
        }

        return error is CommandException command ? command.ExitCode : ExitCode.Failed;
    }

    private static string MessageOf(Exception error) => error switch
    {
        OperationCanceledException => "canceled",
        AggregateException { InnerExceptions: [var only] } => MessageOf(only),
        ArgumentException argument => $"error: {WithoutParameterName(argument)}",
        CommandException or IOException or UnauthorizedAccessException or InvalidDataException or WeightsFormatException or WeightsDownloadException
            or ImageDecodingException or InvalidOperationException or NotSupportedException => $"error: {error.Message}",
        _ => $"error: {error.GetType().Name}: {error.Message}{Environment.NewLine}This is a defect of the command; '--verbose' shows where it happened.",
    };

    /// <summary>Returns the message of a value out of range without what .NET appends for programmers.</summary>
    private static string WithoutParameterName(ArgumentException error)
    {
        string suffix = $" (Parameter '{error.ParamName}')";
        int index = error.Message.IndexOf(suffix, StringComparison.Ordinal);
        return index < 0 ? error.Message : error.Message[..index];
    }
}

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>The exit codes of all commands.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    internal const int Done = 0;

    /// <summary>The command failed or was canceled, or part of its input could not be read.</summary>
    internal const int Failed = 1;

    /// <summary>The command line is wrong, whatever the files hold.</summary>
    internal const int WrongUsage = 2;
}

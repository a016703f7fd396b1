using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Starts the command as a user does: as a process of its own.</summary>
internal static class ToolProcess
{
    /// <summary>Returns how to start the command of the build that the tests run from.</summary>
    internal static ProcessStartInfo Create(params string[] arguments) =>
        new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.MobileNetV2.Tool.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    /// <summary>Starts the command so that signals do to it what they do at a terminal. Jobs in the background of a shell, as a test run may be one, ignore Ctrl+C.</summary>
    internal static Process StartInterruptible(params string[] arguments)
    {
        ProcessStartInfo start = Create(arguments);
        return Process.Start(OperatingSystem.IsLinux()
            ? new ProcessStartInfo("env", ["--default-signal=INT", start.FileName, .. start.ArgumentList]) { RedirectStandardOutput = true, RedirectStandardError = true }
            : start)!;
    }

    /// <summary>Sends a signal such as INT, which is Ctrl+C.</summary>
    internal static async Task SendAsync(string signal, Process process, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    internal static async Task<ToolRun> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(start)!;
        await using CancellationTokenRegistration kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return new(process.ExitCode, await output, await error);
    }
}

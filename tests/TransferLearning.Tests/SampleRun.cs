using System.Diagnostics;

namespace TransferLearning.Tests;

/// <summary>Is what the sample printed when it ran as a user's process.</summary>
internal sealed record SampleRun(int ExitCode, string Output, string Error)
{
    internal static Task<SampleRun> StartAsync(CancellationToken cancellationToken, params string[] arguments) =>
        StartAsync(typeof(SampleOptions).Assembly.Location, workingFolder: string.Empty, cancellationToken, arguments);

    internal static async Task<SampleRun> StartAsync(string assembly, string workingFolder, CancellationToken cancellationToken, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [assembly, .. arguments])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}

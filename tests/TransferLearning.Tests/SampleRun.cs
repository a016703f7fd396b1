using System.Diagnostics;

namespace TransferLearning.Tests;

/// <summary>Is what the sample printed when it ran as a user's process.</summary>
internal sealed record SampleRun(int ExitCode, string Output, string Error)
{
    internal static async Task<SampleRun> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(SampleOptions).Assembly.Location, .. arguments])
        {
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

using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>Runs the SDK's command line, or a program.</summary>
internal static class DotNet
{
    /// <summary>Runs a command that must succeed.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    /// <param name="end">Kills the command.</param>
    /// <returns>The lines that it printed.</returns>
    internal static Task<string[]> RunAsync(
        string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments, CancellationToken end)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return RunAsync(start, end);
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="end">Kills the program.</param>
    /// <returns>The lines that it printed.</returns>
    internal static Task<string[]> RunProgramAsync(string path, IEnumerable<string> arguments, CancellationToken end) =>
        RunAsync(new ProcessStartInfo(path, arguments), end);

    private static async Task<string[]> RunAsync(ProcessStartInfo start, CancellationToken end)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        await using CancellationTokenRegistration kill = end.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.AreEqual(0, process.ExitCode, $"{start.FileName} {string.Join(' ', start.ArgumentList)}\n{output}\n{await errors}");
        return output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}

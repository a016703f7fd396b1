using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Runs a small program as for a user who never ran one: with an empty home folder, and not as on a build machine.</summary>
internal sealed class FreshHome(TemporaryFolder folder, CancellationToken end)
{
    internal const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly string[] BuildMachineVariables = ["CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION"];

    /// <summary>Gets the home folder.</summary>
    internal string Path { get; } = Directory.CreateDirectory(folder.PathOf("home")).FullName;

    /// <summary>Runs a program that must succeed.</summary>
    /// <param name="start">The program.</param>
    /// <param name="variable">The value of the variable that ONNX Runtime reads, or null without one.</param>
    /// <returns>What the program printed.</returns>
    internal async Task<string> RunAsync(ProcessStartInfo start, string? variable)
    {
        start.Environment["HOME"] = Path;
        start.Environment.Remove("XDG_CACHE_HOME");

        // ONNX Runtime sends nothing from build machines, which would hide what the tests look for.
        Array.ForEach(BuildMachineVariables, name => start.Environment.Remove(name));
        start.Environment[Variable] = variable;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(end);
        string output = await process.StandardOutput.ReadToEndAsync(end).ConfigureAwait(false);
        await process.WaitForExitAsync(end).ConfigureAwait(false);
        Assert.AreEqual(0, process.ExitCode, await errors.ConfigureAwait(false));
        return output;
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Runs a saved model in another process, which knows only ML.NET.</summary>
internal static class FreshProcess
{
    /// <summary>Returns a column of numbers: a row for each image.</summary>
    internal static async Task<float[][]> ReadColumnAsync(string modelPath, string columnName, string[] imagePaths)
    {
        ProcessStartInfo start = ChildProgram.Create("Microsoft.ML.MobileNetV2.ModelReader", [modelPath, columnName, .. imagePaths]);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        Assert.AreEqual(0, process.ExitCode, await errors.ConfigureAwait(false));
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
    }
}

using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests;

/// <summary>The command as a process: exit codes, and streams that somebody else closes.</summary>
[TestClass]
public sealed class ProcessTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task WrongUsage_IsTheExitCodeOfTheProcess()
    {
        ToolRun run = await ToolProcess.RunAsync(ToolProcess.Create("info", "--size", "1"), TestContext.CancellationToken);

        Assert.AreEqual((ExitCode.WrongUsage, string.Empty), (run.ExitCode, run.Output));
    }

    [TestMethod]
    public async Task ClosedPipe_IsNoCrash()
    {
        using Process process = Process.Start(ToolProcess.Create(["predict", SavedModels.Multiclass, .. Enumerable.Repeat(SavedModels.Images, 50)]))!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        string? first = await process.StandardOutput.ReadLineAsync(TestContext.CancellationToken);

        process.StandardOutput.Close();
        await process.WaitForExitAsync(TestContext.CancellationToken);

        Assert.Contains("00.png\tfew", first!);
        Assert.AreEqual((ExitCode.Done, string.Empty), (process.ExitCode, await error));
    }
}

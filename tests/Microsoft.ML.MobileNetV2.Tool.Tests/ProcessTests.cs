using System.Diagnostics;
using System.Text.Json;
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

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task ListFromAPipe_IsRead()
    {
        ProcessStartInfo start = ToolProcess.Create("evaluate", SavedModels.Multiclass, SavedModels.Images, "--labels", "/dev/stdin", "--json");
        start.RedirectStandardInput = true;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        await process.StandardInput.WriteAsync("00.png,few\n01.png,some\n");
        process.StandardInput.Close();

        string output = await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);

        Assert.AreEqual(ExitCode.Done, process.ExitCode, await error);
        Assert.StartsWith("{\"accuracy\":1,", output);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("INT", DisplayName = "Ctrl+C")]
    [DataRow("TERM")]
    public async Task Train_Signal_KeepsTheBestModelSoFar(string signal)
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 4);
        string model = folder.PathOf("m.zip");
        using Process process = ToolProcess.StartInterruptible(
            "train", images, "--model", model, "--weights", "bundled-small", "--size", "64", "--validation-fraction", "0", "--epochs", "1000000");
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        while (await process.StandardOutput.ReadLineAsync(TestContext.CancellationToken) is { } line && !line.Contains("epoch   3", StringComparison.Ordinal))
        {
        }

        await ToolProcess.SendAsync(signal, process, TestContext.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);
        Assert.Contains($"canceled; '{model}' has the best model so far", await error);
        Assert.AreEqual(ExitCode.Failed, process.ExitCode);
        using var classifier = ImageClassifier.Load(model);
        Assert.AreSequenceEqual(DrawnImages.Classes, classifier.Classes);
        Assert.DoesNotContain(".tmp", string.Join('\n', folder.Files()));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("INT", DisplayName = "Ctrl+C")]
    [DataRow("TERM")]
    public async Task Predict_Signal_EndsTheArray(string signal)
    {
        // More images than can be predicted before the signal arrives: nobody reads them.
        using Process process = ToolProcess.StartInterruptible(["predict", SavedModels.Multiclass, "--json", .. Enumerable.Repeat(SavedModels.Images, 1000)]);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        string?[] first = [await process.StandardOutput.ReadLineAsync(TestContext.CancellationToken), await process.StandardOutput.ReadLineAsync(TestContext.CancellationToken)];

        await ToolProcess.SendAsync(signal, process, TestContext.CancellationToken);
        string rest = await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);

        using JsonDocument results = JsonDocument.Parse(string.Join('\n', first) + "\n" + rest);
        Assert.IsLessThan(12_000, results.RootElement.GetArrayLength());
        Assert.AreEqual((ExitCode.Failed, "canceled\n"), (process.ExitCode, await error));
    }
}

using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class ServeCommandTests
{
    private static readonly string[] Arguments = ["serve", SavedModels.Multiclass, "--port", "0", "--json"];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Serve_Json_IsALineWithTheAddress_AndCtrlCIsTheUsualEnd()
    {
        using LineWriter output = new();
        using LineWriter error = new();
        using CancellationTokenSource interrupt = new();
        Task<int> run = CommandLineTool.RunAsync(Arguments, new(output, error, false, false), interrupt.Token);

        using JsonDocument ready = JsonDocument.Parse(await ReadyLineAsync(output, run));
        Uri address = new(ready.RootElement.GetProperty("url").GetString()!);
        using HttpClient client = RunningServer.CreateClient(address);
        JsonElement health = await client.GetFromJsonAsync<JsonElement>("healthz", TestContext.CancellationToken);
        await interrupt.CancelAsync();

        Assert.AreEqual("Healthy", health.GetProperty("status").GetString());
        Assert.AreEqual((SavedModels.Multiclass, 3), (ready.RootElement.GetProperty("model").GetString(), ready.RootElement.GetProperty("classes").GetInt32()));
        Assert.AreEqual(ExitCode.Done, await run);
        Assert.AreEqual(0, output.Count);
    }

    [TestMethod]
    public async Task Serve_PortInUse_SaysWhatToDo()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);

        ToolRun run = await ToolRun.StartAsync("serve", SavedModels.Multiclass, "--port", $"{server.Server.Address.Port}");

        Assert.AreEqual((ExitCode.Failed, string.Empty), (run.ExitCode, run.Output));
        string[] errors = [.. run.ErrorLines.Where(line => !line.Contains("loaded generation 1", StringComparison.Ordinal))];
        Assert.AreSequenceEqual([$"error: 127.0.0.1:{server.Server.Address.Port} is in use by another program. Choose another --port, or 0 for any that is free."], errors);
    }

    [TestMethod]
    public async Task Serve_BadModel_IsSaidOnce()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.zip", "This is no model.");

        ToolRun run = await ToolRun.StartAsync("serve", model, "--port", "0");

        Assert.AreEqual((ExitCode.Failed, string.Empty), (run.ExitCode, run.Output));
        Assert.HasCount(1, run.ErrorLines, run.Error);
        Assert.Contains($"'{model}' is not a saved model that classifies images: ", run.Error);
    }

    [TestMethod]
    public async Task Serve_OtherHost_Warns()
    {
        ToolRun run = await ToolRun.StartAsync("serve", "no.zip", "--host", "0.0.0.0");

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.StartsWith("warning: --host 0.0.0.0 lets everyone who reaches this machine send images", run.Error);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("INT", DisplayName = "Ctrl+C")]
    [DataRow("TERM")]
    public async Task Serve_Signal_EndsTheProcessWithZero(string signal)
    {
        using Process process = ToolProcess.StartInterruptible(Arguments);
        await using CancellationTokenRegistration end = TestContext.CancellationToken.Register(process.Kill);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.CancellationToken);

        await ToolProcess.SendAsync(signal, process, TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);

        Assert.StartsWith("{\"url\":\"http://127.0.0.1:", line!);
        Assert.AreEqual(ExitCode.Done, process.ExitCode, await error);
        Assert.EndsWith("stopping: finishing what has begun\n", await error);
    }

    /// <summary>Returns the first line, or fails with the error of a command that has none.</summary>
    private async Task<string> ReadyLineAsync(LineWriter output, Task<int> run)
    {
        Task<string> line = output.ReadLineAsync(TestContext.CancellationToken).AsTask();
        await Task.WhenAny(line, run);
        Assert.IsFalse(run.IsCompleted, "the command has ended");
        return await line;
    }
}

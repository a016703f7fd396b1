using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Download;

/// <summary>Other processes that download: killed ones, two at once, and one behind a proxy.</summary>
[TestClass]
public sealed class ProcessTests(TestContext testContext)
{
    private const string Reader = "Microsoft.ML.MobileNetV2.WeightsReader";
    private const string Name = "imagenet-0.35-96-no-top";
    private const string FeatureCount = "1280";

    /// <summary>Only ends a test that hangs.</summary>
    private const int LongestTime = 300_000;

    private const string FileName = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5";

    private static byte[] Content => DownloadCase.Content;

    [TestMethod]
    [Timeout(LongestTime, CooperativeCancellation = true)]
    public async Task KilledProcess_LeavesNoFile_AndTheNextOneGoesOn()
    {
        using TemporaryFolder folder = new();
        using WeightsServer server = new(ServerAnswers.Stalled(Content, DownloadCase.Half), ServerAnswers.File(Content));
        using (Process killed = Start(folder, server.Address.AbsoluteUri))
        {
            await WaitForPartAsync(folder.PathOf($"{FileName}.part"), killed);
            killed.Kill();
            await killed.WaitForExitAsync(testContext.CancellationToken);
        }

        bool isFileThere = File.Exists(folder.PathOf(FileName));
        string[] lines = await RunAsync(Start(folder, server.Address.AbsoluteUri));

        Assert.IsFalse(isFileThere);
        Assert.AreEqual(FeatureCount, lines[^1]);
        Assert.AreEqual($"bytes={DownloadCase.Half}-", server.Requests[1].Range);
        Assert.AreSequenceEqual(Content, File.ReadAllBytes(folder.PathOf(FileName)));
    }

    [TestMethod]
    [Timeout(LongestTime, CooperativeCancellation = true)]
    public async Task TwoProcesses_DownloadOnce()
    {
        using TemporaryFolder folder = new();
        TaskCompletionSource otherWaits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using WeightsServer server = new(async (request, stream, end) =>
        {
            await otherWaits.Task.WaitAsync(end);
            await ServerAnswers.File(Content)(request, stream, end);
        });
        void OnLine(string line)
        {
            if (line == nameof(DownloadStage.Waiting))
            {
                otherWaits.TrySetResult();
            }
        }

        string[][] outputs = await Task.WhenAll(
            RunAsync(Start(folder, server.Address.AbsoluteUri), OnLine), RunAsync(Start(folder, server.Address.AbsoluteUri), OnLine));

        Assert.IsTrue(outputs.All(lines => lines[^1] == FeatureCount));
        Assert.HasCount(1, server.Requests);
        Assert.AreSequenceEqual(Content, File.ReadAllBytes(folder.PathOf(FileName)));
    }

    [TestMethod]
    [Timeout(LongestTime, CooperativeCancellation = true)]
    public async Task Proxy_OfTheSystem_IsAsked()
    {
        using TemporaryFolder folder = new();
        using WeightsServer proxy = new(ServerAnswers.File(Content));

        string[] lines = await RunAsync(Start(folder, "http://weights.invalid/", proxy.Address.AbsoluteUri));

        Assert.AreEqual(FeatureCount, lines[^1]);
        Assert.AreEqual($"http://weights.invalid/{FileName}", proxy.Requests.Single().Target);
    }

    private static Process Start(TemporaryFolder folder, string mirror, string? proxy = null)
    {
        ProcessStartInfo start = ChildProgram.Create(Reader, Name);
        start.Environment[WeightsDownloadOptions.CacheVariable] = folder.Path;
        start.Environment[WeightsDownloadOptions.MirrorVariable] = mirror;
        start.Environment.Remove(WeightsDownloadOptions.OfflineVariable);
        start.Environment["http_proxy"] = proxy ?? string.Empty;
        start.Environment["no_proxy"] = proxy is null ? "*" : string.Empty;
        return Process.Start(start)!;
    }

    private async Task<string[]> RunAsync(Process started, Action<string>? onLine = null)
    {
        using Process process = started;
        Task<string> errors = process.StandardError.ReadToEndAsync(testContext.CancellationToken);
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync(testContext.CancellationToken) is { } line)
        {
            lines.Add(line);
            onLine?.Invoke(line);
        }

        await process.WaitForExitAsync(testContext.CancellationToken);
        Assert.AreEqual(0, process.ExitCode, await errors);
        return [.. lines];
    }

    private Task WaitForPartAsync(string path, Process process) => Polling.UntilAsync(
        () =>
        {
            Assert.IsFalse(process.HasExited, "the process ended by itself");
            return File.Exists(path) && new FileInfo(path).Length >= DownloadCase.Half;
        },
        testContext.CancellationToken);
}

using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Download;

/// <summary>Other processes that download: killed ones, two at once, and one behind a proxy.</summary>
[TestClass]
public sealed class ProcessTests(TestContext testContext)
{
    private const string Reader = "Microsoft.ML.MobileNetV2.WeightsReader";
    private const string Name = "imagenet-0.35-96-no-top";
    private const string FileName = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5";

    private static byte[] Content => DownloadCase.Content;

    [TestMethod]
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
        string output = await RunAsync(Start(folder, server.Address.AbsoluteUri));

        Assert.IsFalse(isFileThere);
        Assert.EndsWith("1280\n", output);
        Assert.AreEqual($"bytes={DownloadCase.Half}-", server.Requests[1].Range);
        Assert.AreSequenceEqual(Content, File.ReadAllBytes(folder.PathOf(FileName)));
    }

    [TestMethod]
    public async Task TwoProcesses_DownloadOnce()
    {
        using TemporaryFolder folder = new();
        using WeightsServer server = new(async (request, stream, end) =>
        {
            await Task.Delay(1500, end);
            await ServerAnswers.File(Content)(request, stream, end);
        });

        string[] outputs = await Task.WhenAll(
            RunAsync(Start(folder, server.Address.AbsoluteUri)), RunAsync(Start(folder, server.Address.AbsoluteUri)));

        Assert.IsTrue(outputs.All(output => output.EndsWith("1280\n", StringComparison.Ordinal)));
        Assert.HasCount(1, server.Requests);
        Assert.AreSequenceEqual(Content, File.ReadAllBytes(folder.PathOf(FileName)));
    }

    [TestMethod]
    public async Task Proxy_OfTheSystem_IsAsked()
    {
        using TemporaryFolder folder = new();
        using WeightsServer proxy = new(ServerAnswers.File(Content));

        string output = await RunAsync(Start(folder, "http://weights.invalid/", proxy.Address.AbsoluteUri));

        Assert.EndsWith("1280\n", output);
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

    private async Task<string> RunAsync(Process started)
    {
        using Process process = started;
        Task<string> errors = process.StandardError.ReadToEndAsync(testContext.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(testContext.CancellationToken);
        await process.WaitForExitAsync(testContext.CancellationToken);
        Assert.AreEqual(0, process.ExitCode, await errors);
        return output.ReplaceLineEndings("\n");
    }

    private async Task WaitForPartAsync(string path, Process process)
    {
        while (!File.Exists(path) || new FileInfo(path).Length < DownloadCase.Half)
        {
            Assert.IsFalse(process.HasExited, "the process ended by itself");
            await Task.Delay(20, testContext.CancellationToken);
        }
    }
}

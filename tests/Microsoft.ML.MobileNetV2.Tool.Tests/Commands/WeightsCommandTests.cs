using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class WeightsCommandTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task List_HasTheBundledOnesAndTheCatalog()
    {
        ToolRun run = await ToolRun.StartAsync("weights", "list", "--json");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        using JsonDocument result = JsonDocument.Parse(run.Output);
        string[] names = [.. result.RootElement.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];
        Assert.HasCount(MobileNetV2Weights.Catalog.Count, names, "the bundled ones are entries of the catalog, too");
        Assert.AreSequenceEqual(["bundled", "bundled-small"], names[..2]);
        Assert.Contains("imagenet-1.0-224", names);
    }

    [TestMethod]
    public async Task Info_OfTheCatalog_NeedsNoDownload()
    {
        ToolRun run = await ToolRun.StartAsync("weights", "info", "imagenet-1.0-224");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.StartsWith("imagenet-1.0-224: width 1, depth 1, 1280 features, 1000 classes", run.Output);
        Assert.Contains("license Apache-2.0", run.Output);
    }

    [TestMethod]
    public async Task Import_WritesAFileThatVerifyAccepts()
    {
        using TemporaryFolder folder = new();
        WeightsFile.Save(MobileNetV2Weights.BundledSmall, folder.PathOf("full.safetensors"));

        ToolRun imported = await ToolRun.StartAsync("weights", "import", folder.PathOf("full.safetensors"), "--output", folder.PathOf("half.safetensors"), "--half", "--json");
        ToolRun verified = await ToolRun.StartAsync("weights", "verify", folder.PathOf("half.safetensors"), "--json");

        Assert.AreEqual((ExitCode.Done, string.Empty), (imported.ExitCode, imported.Error));
        Assert.AreEqual((ExitCode.Done, string.Empty), (verified.ExitCode, verified.Error));
        Assert.AreEqual(HashOf(imported), HashOf(verified));
        Assert.AreEqual(0.5, new FileInfo(folder.PathOf("half.safetensors")).Length / (double)new FileInfo(folder.PathOf("full.safetensors")).Length, 0.05);
    }

    [TestMethod]
    public async Task Verify_OfAnotherHash_Fails()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("w.safetensors");
        WeightsFile.Save(MobileNetV2Weights.BundledSmall, file);

        ToolRun run = await ToolRun.StartAsync("weights", "verify", file, "--sha256", "00000000");

        Assert.AreEqual((ExitCode.Failed, string.Empty), (run.ExitCode, run.Output));
        Assert.MatchesRegex("SHA-256 is [0-9a-f]{64}; expected 00000000", run.Error);
    }

    [TestMethod]
    public async Task Download_Offline_SaysWhatIsMissing()
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = ToolProcess.Create("weights", "download", "imagenet-0.35-96");
        start.Environment[WeightsDownloadOptions.OfflineVariable] = "1";
        start.Environment[WeightsDownloadOptions.CacheVariable] = folder.Path;

        ToolRun run = await ToolProcess.RunAsync(start, TestContext.CancellationToken);

        Assert.AreEqual((ExitCode.Failed, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith("error: ", run.Error);
        Assert.Contains("imagenet-0.35-96", run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    private static string? HashOf(ToolRun run)
    {
        using JsonDocument result = JsonDocument.Parse(run.Output);
        return result.RootElement.GetProperty("sha256").GetString();
    }
}

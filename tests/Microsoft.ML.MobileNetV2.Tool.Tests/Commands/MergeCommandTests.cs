using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class MergeCommandTests
{
    private const int ShardCount = 4;

    /// <summary>Fills the pipe that nobody reads, which holds 64 KiB: about 300 bytes of warning for each.</summary>
    private const int UnreadablePerShard = 400;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Merge_OfShards_IsTheFileOfOneRun()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        ImageFolder.AddUnreadable(photos, "broken", 3);
        string[] shards = [.. Enumerable.Range(1, ShardCount).Select(index => folder.PathOf($"{index}.parquet"))];
        foreach ((int index, string shard) in shards.Index())
        {
            AssertDone(await ToolRun.StartAsync(Featurize(photos, shard, index + 1)));
        }

        ToolRun run = await ToolRun.StartAsync(["merge", folder.PathOf("merged.parquet"), .. shards.Reverse()]);
        AssertDone(await ToolRun.StartAsync("featurize", photos, "--output", folder.PathOf("one.parquet"), "--weights", "bundled-small", "--size", "32"));

        AssertDone(run);
        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("one.parquet")), File.ReadAllBytes(folder.PathOf("merged.parquet")));
        Assert.Contains("15 rows of 1280 features from 4 shards", run.Output);
    }

    [TestMethod]
    public async Task Merge_OverAShard_IsRefused()
    {
        using TemporaryFolder folder = new();
        string shard = folder.PathOf("1.parquet");
        AssertDone(await ToolRun.StartAsync(Featurize(ImageFolder.Create(folder), shard, 1)));
        byte[] before = File.ReadAllBytes(shard);

        ToolRun run = await ToolRun.StartAsync("merge", shard, Path.Combine(folder.Path, "photos", "..", "1.parquet"));

        Assert.AreEqual(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"'{shard}' is read by the command, and cannot be written too. Give another file as output.", run.Error);
        Assert.AreSequenceEqual(before, File.ReadAllBytes(shard));
    }

    /// <summary>
    /// The process cannot end before it is killed: it blocks on its warnings, which nobody reads, and rows were saved before there were that many.
    /// </summary>
    [TestMethod]
    public async Task Merge_AfterAProcessWasKilledAndRunAgain_IsTheFileOfOneRun()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        ImageFolder.AddUnreadable(Path.Combine(photos, "zebra"), new string('x', 150), ShardCount * UnreadablePerShard);
        string[] shards = [.. Enumerable.Range(1, ShardCount).Select(index => folder.PathOf($"{index}.parquet"))];
        string parts = PartsFolder.PathFor(shards[1]);

        await KillAsync(Featurize(photos, shards[1], 2), () => File.Exists(Path.Combine(parts, "000000000.parquet")));
        Assert.IsFalse(File.Exists(shards[1]), "the output of a process that was killed");
        foreach ((int index, string shard) in shards.Index())
        {
            AssertDone(await ToolRun.StartAsync(Featurize(photos, shard, index + 1)));
        }

        AssertDone(await ToolRun.StartAsync(["merge", folder.PathOf("merged.parquet"), .. shards]));
        AssertDone(await ToolRun.StartAsync("featurize", photos, "--output", folder.PathOf("one.parquet"), "--weights", "bundled-small", "--size", "32"));
        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("one.parquet")), File.ReadAllBytes(folder.PathOf("merged.parquet")));
        Assert.IsFalse(Directory.Exists(parts));
    }

    [TestMethod]
    [DataRow("1 2", "Shards are missing: 3/3. Give all 3.", DisplayName = "a shard is missing")]
    [DataRow("1 2 2", "are both shard 2/3. Give each shard once.", DisplayName = "a shard twice")]
    [DataRow("1 2 half", "they divide the images in different ways.", DisplayName = "shards of another division")]
    [DataRow("1 2 size", "have different input sizes 32 and 64.", DisplayName = "another input size")]
    [DataRow("1 2 weights", "have different weights 'bundled' (SHA-256 aaaa) and 'bundled' (bbbb).", DisplayName = "other weights of the same name")]
    [DataRow("1 2 preprocessing", "have different preprocessing {} and {\"Resize\":1}.", DisplayName = "another preprocessing")]
    [DataRow("1 2 version", "have different library versions 1.0.0 and 2.0.0.", DisplayName = "another version")]
    [DataRow("1 2 unordered", "one of the files was changed.", DisplayName = "rows out of order")]
    [DataRow("1 2 twice", "one of the files was changed.", DisplayName = "an image in two shards")]
    public async Task Merge_OfWhatDoesNotBelongTogether_IsRefused(string inputs, string message)
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> files = WriteShards(folder);
        string[] before = folder.Files();

        ToolRun run = await ToolRun.StartAsync(["merge", folder.PathOf("merged.parquet"), .. inputs.Split(' ').Select(name => files[name])]);

        Assert.AreEqual((ExitCode.Failed, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error);
        Assert.AreSequenceEqual(before, folder.Files());
    }

    private static Dictionary<string, string> WriteShards(TemporaryFolder folder)
    {
        FeatureMetadata metadata = new("bundled", "aaaa", 32, 1, "{}", "1.0.0", new Shard(3, 3));
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        Add("1", metadata with { Shard = new(1, 3) }, "a.png", "d.png");
        Add("2", metadata with { Shard = new(2, 3) }, "b.png", "e.png");
        Add("half", metadata with { Shard = new(1, 2) }, "c.png");
        Add("size", metadata with { InputSize = 64 }, "c.png");
        Add("weights", metadata with { WeightsHash = "bbbb" }, "c.png");
        Add("preprocessing", metadata with { Preprocessing = "{\"Resize\":1}" }, "c.png");
        Add("version", metadata with { LibraryVersion = "2.0.0" }, "c.png");
        Add("unordered", metadata, "f.png", "c.png");
        Add("twice", metadata, "c.png", "e.png");
        return files;

        void Add(string name, FeatureMetadata its, params string[] paths)
        {
            files.Add(name, folder.PathOf($"{name}.parquet"));
            using FileStream stream = File.Create(files[name]);
            FeatureFile.Write(stream, its, paths.Select(path => new FeatureRow(path, null, [1], null)));
        }
    }

    private static string[] Featurize(string photos, string output, int shard) =>
        ["featurize", photos, "--output", output, "--shard", $"{shard}/{ShardCount}", "--weights", "bundled-small", "--size", "32", "--resume", "--save-every", "8"];

    private async Task KillAsync(string[] arguments, Func<bool> isReached)
    {
        using Process process = Process.Start(ToolProcess.Create(arguments))!;
        try
        {
            await Polling.UntilAsync(isReached, TestContext.CancellationToken);
            Assert.IsFalse(process.HasExited, "The process ended before it could be killed.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static void AssertDone(ToolRun run) => Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
}

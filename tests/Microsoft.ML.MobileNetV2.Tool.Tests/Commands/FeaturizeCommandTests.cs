using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class FeaturizeCommandTests
{
    private static readonly string[] SmallNetwork = ["--weights", "bundled-small", "--size", "32"];

    [TestMethod]
    public async Task Featurize_WritesTheFeaturesOfTheLibraryInTheOrderOfPaths()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        using MobileNetV2Engine engine = new(new() { Weights = MobileNetV2Weights.BundledSmall, InputSize = 32 });

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"));

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.AreSequenceEqual(["f.parquet"], folder.Files().Where(file => !file.StartsWith("photos", StringComparison.Ordinal)));
        (FeatureMetadata metadata, FeatureRow[] rows) = Read(folder.PathOf("f.parquet"));
        Assert.AreEqual((32, 1280, "1/1"), (metadata.InputSize, metadata.FeatureCount, metadata.Shard.ToString()));
        Assert.AreSequenceEqual(["even/00.png", "even/02.png"], rows.Take(2).Select(row => row.Path));
        Assert.HasCount(12, rows);
        foreach (FeatureRow row in rows)
        {
            Assert.AreEqual((row.Path.Split('/')[0], null), (row.Label, row.Error));
            Assert.AreSequenceEqual(engine.Run(Path.Combine(photos, row.Path)), row.Features!, row.Path);
        }
    }

    [TestMethod]
    public async Task Featurize_Json_CountsRows()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        ImageFolder.AddUnreadable(photos, "broken", 1);

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"), "--json");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreEqual((13, 1, 1280, 13), (Number("count"), Number("unreadable"), Number("features"), Number("computed")));

        int Number(string name) => result.RootElement.GetProperty(name).GetInt32();
    }

    [TestMethod]
    public async Task Featurize_UnreadableImage_IsARowWithItsErrorAndAWarning()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        ImageFolder.AddUnreadable(photos, "broken", 1);

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"));

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains($"warning: '{Path.Combine(photos, "broken0000.png")}'", run.Error);
        FeatureRow row = Read(folder.PathOf("f.parquet")).Rows.Single(row => row.Error is not null);
        Assert.AreEqual(("broken0000.png", null, null), (row.Path, row.Label, row.Features));
        Assert.StartsWith("'broken0000.png'", row.Error);
    }

    [TestMethod]
    public async Task Featurize_Strict_EndsAtAnUnreadableImage_AndGoesOnWithoutIt()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        ImageFolder.AddUnreadable(Path.Combine(photos, "zebra"), "broken", 1);
        string output = folder.PathOf("f.parquet");

        ToolRun strict = await RunAsync(photos, output, "--strict");
        ToolRun lenient = await RunAsync(photos, output, "--resume", "--json");

        Assert.AreEqual((ExitCode.Failed, string.Empty), (strict.ExitCode, strict.Output));
        Assert.Contains("12 of 13 rows are kept", strict.Error);
        Assert.AreEqual(ExitCode.Done, lenient.ExitCode, lenient.Error);
        Assert.Contains("\"computed\":1,", lenient.Output);
        Assert.HasCount(13, Read(output).Rows);
    }

    [TestMethod]
    public async Task Featurize_Canceled_KeepsWhatIsResumed()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        ImageFolder.AddUnreadable(Path.Combine(photos, "f-between"), "broken", 1);
        string output = folder.PathOf("f.parquet"), whole = folder.PathOf("whole.parquet");
        using CancellationTokenSource stop = new();

        // The warning about the seventh image is when somebody presses Ctrl+C.
        ToolRun canceled = await RunUntilAsync("warning:", stop, ["featurize", photos, "--output", output, .. SmallNetwork]);
        string[] files = folder.Files();
        ToolRun resumed = await RunAsync(photos, output, "--resume");
        await RunAsync(photos, whole);

        Assert.AreEqual(ExitCode.Failed, canceled.ExitCode);
        Assert.EndsWith("canceled\n", canceled.Error);
        Assert.Contains("--resume goes on from there", canceled.Error);
        Assert.Contains(Path.Combine("f.parquet.parts", "000000000.parquet"), files);
        Assert.DoesNotContain("f.parquet", files);
        Assert.AreEqual(ExitCode.Done, resumed.ExitCode, resumed.Error);
        Assert.AreSequenceEqual(File.ReadAllBytes(whole), File.ReadAllBytes(output));
        Assert.IsFalse(Directory.Exists($"{output}.parts"));
    }

    [TestMethod]
    public async Task Featurize_WithoutResume_RefusesToLoseRows()
    {
        using TemporaryFolder folder = new();
        string photos = await PrepareUnfinishedAsync(folder);

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"));

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("f.parquet.parts' has rows of a run that did not end. Continue it with --resume, or delete the folder.", run.Error);
        Assert.IsTrue(File.Exists(folder.PathOf("f.parquet.parts", "000000000.parquet")));
    }

    [TestMethod]
    public async Task Featurize_ResumeWithOtherImages_IsRefused()
    {
        using TemporaryFolder folder = new();
        string photos = await PrepareUnfinishedAsync(folder);
        ImageFolder.AddUnreadable(photos, "new", 1);

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"), "--resume");

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("has rows of a run for other images, or images that changed.", run.Error);
        Assert.IsTrue(File.Exists(folder.PathOf("f.parquet.parts", "000000000.parquet")));
    }

    [TestMethod]
    public async Task Featurize_ResumeWithAnotherSize_IsRefused()
    {
        using TemporaryFolder folder = new();
        string photos = await PrepareUnfinishedAsync(folder);

        ToolRun run = await ToolRun.StartAsync("featurize", photos, "--output", folder.PathOf("f.parquet"), "--weights", "bundled-small", "--size", "64", "--resume");

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("has rows of a run for another mobilenetv2.input_size: 32, now 64.", run.Error);
    }

    [TestMethod]
    public async Task Featurize_ResumeWithADamagedPart_ComputesItAgain()
    {
        using TemporaryFolder folder = new();
        string photos = await PrepareUnfinishedAsync(folder);
        string output = folder.PathOf("f.parquet"), whole = folder.PathOf("whole.parquet");
        File.WriteAllText(folder.PathOf("f.parquet.parts", "000000004.parquet"), "cut off");

        ToolRun run = await RunAsync(photos, output, "--resume", "--json");
        await RunAsync(photos, whole);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains("\"computed\":9,", run.Output);
        Assert.AreSequenceEqual(File.ReadAllBytes(whole), File.ReadAllBytes(output));
    }

    [TestMethod]
    public async Task Featurize_WhileAnotherProcessDoes_IsRefused()
    {
        using TemporaryFolder folder = new();
        string photos = await PrepareUnfinishedAsync(folder);
        using FileStream other = new(folder.PathOf("f.parquet.parts", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"), "--resume");

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("Another process computes", run.Error);
    }

    [TestMethod]
    public async Task Featurize_ResumeOfACompleteFile_ComputesNothing()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        string output = folder.PathOf("f.parquet");
        await RunAsync(photos, output);
        byte[] before = File.ReadAllBytes(output);

        ToolRun run = await RunAsync(photos, output, "--resume", "--json");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains("\"computed\":0,", run.Output);
        Assert.AreSequenceEqual(before, File.ReadAllBytes(output));
        Assert.IsFalse(Directory.Exists($"{output}.parts"));
    }

    [TestMethod]
    public async Task Featurize_ShardWithoutImages_IsAFileWithoutRows()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        int empty = Enumerable.Range(1, 100).First(index => ImageSet.Find(photos, new Shard(index, 100)).Paths.Count == 0);

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"), "--shard", $"{empty}/100");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.IsEmpty(Read(folder.PathOf("f.parquet")).Rows);
    }

    internal static (FeatureMetadata Metadata, FeatureRow[] Rows) Read(string path)
    {
        using FeatureFileReader reader = FeatureFileReader.Open(path);
        return (reader.Metadata, [.. reader.Rows()]);
    }

    /// <summary>Leaves a run that ended after twelve of thirteen images, saved in fours.</summary>
    private static async Task<string> PrepareUnfinishedAsync(TemporaryFolder folder)
    {
        string photos = ImageFolder.Create(folder);
        ImageFolder.AddUnreadable(Path.Combine(photos, "zebra"), "broken", 1);
        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"), "--strict", "--save-every", "4");
        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        return photos;
    }

    private static Task<ToolRun> RunAsync(string photos, string output, params string[] others) =>
        ToolRun.StartAsync(["featurize", photos, "--output", output, .. SmallNetwork, .. others]);

    private static async Task<ToolRun> RunUntilAsync(string text, CancellationTokenSource stop, string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" };
        using StopWriter error = new(text, stop) { NewLine = "\n" };
        Terminal terminal = new(output, error, IsOutputInteractive: false, IsErrorInteractive: false);
        int exitCode = await CommandLineTool.RunAsync(arguments, terminal, stop.Token);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Cancels as soon as a line begins with a text.</summary>
    private sealed class StopWriter(string text, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(text, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}

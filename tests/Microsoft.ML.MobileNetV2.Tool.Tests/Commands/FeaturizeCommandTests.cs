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
        Assert.Contains("has rows of a run for other images.", run.Error);
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
    [DataRow("even/02.png", 13, DisplayName = "in the first part: everything is computed again")]
    [DataRow("odd/05.png", 5, DisplayName = "in the last part: what was kept before it stays")]
    public async Task Featurize_ResumeAfterAnImageChanged_ComputesItAgain(string changed, int computed)
    {
        using TemporaryFolder folder = new();
        string photos = await PrepareUnfinishedAsync(folder);
        string output = folder.PathOf("f.parquet"), whole = folder.PathOf("whole.parquet");
        ChangeContentAlone(Path.Combine(photos, changed));

        ToolRun run = await RunAsync(photos, output, "--resume", "--json");
        await RunAsync(photos, whole);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains($"\"computed\":{computed},", run.Output);
        Assert.AreSequenceEqual(File.ReadAllBytes(whole), File.ReadAllBytes(output));
    }

    [TestMethod]
    public async Task Featurize_ResumeOfACompleteFileAfterAnImageChanged_SaysSoAndComputesItAgain()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder), output = folder.PathOf("f.parquet"), whole = folder.PathOf("whole.parquet");
        await RunAsync(photos, output);
        ChangeContentAlone(Path.Combine(photos, "odd", "05.png"));

        ToolRun run = await RunAsync(photos, output, "--resume");
        await RunAsync(photos, whole);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains($"warning: '{Path.Combine(photos, "odd", "05.png")}' changed since '{output}' was written: all rows are computed again.", run.Error);
        Assert.AreSequenceEqual(File.ReadAllBytes(whole), File.ReadAllBytes(output));
    }

    [TestMethod]
    [DataRow("64", "1/1", "'{0}' is complete, and of other input sizes 32 and 64. Give another --output, or leave out --resume", DisplayName = "another size")]
    [DataRow("32", "1/2", "'{0}' is complete, and of shard 1/1, not 1/2. ", DisplayName = "another shard")]
    public async Task Featurize_ResumeOverACompleteFileOfOtherOptions_IsRefused(string size, string shard, string message)
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder), output = folder.PathOf("f.parquet");
        await RunAsync(photos, output);
        byte[] before = File.ReadAllBytes(output);

        ToolRun run = await ToolRun.StartAsync("featurize", photos, "--output", output, "--weights", "bundled-small", "--size", size, "--shard", shard, "--resume");

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains(message.Replace("{0}", output, StringComparison.Ordinal), run.Error);
        Assert.AreSequenceEqual(before, File.ReadAllBytes(output));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "one more")]
    [DataRow(false, DisplayName = "one fewer")]
    public async Task Featurize_ResumeOverACompleteFileOfOtherImages_IsRefused(bool isMore)
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder), output = folder.PathOf("f.parquet");
        await RunAsync(photos, output);
        string last = Path.Combine(photos, "odd", "11.png");
        if (isMore)
        {
            File.Copy(last, Path.Combine(photos, "odd", "12.png"));
        }
        else
        {
            File.Delete(last);
        }

        byte[] before = File.ReadAllBytes(output);

        ToolRun run = await RunAsync(photos, output, "--resume");

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"'{output}' is complete, and of other images. ", run.Error);
        Assert.AreSequenceEqual(before, File.ReadAllBytes(output));
    }

    [TestMethod]
    public async Task FeatureFile_Damaged_IsRefusedByEveryCommandThatReadsIt()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder), output = folder.PathOf("f.parquet");
        await RunAsync(photos, output);
        ChangeContentAlone(output);
        byte[] before = File.ReadAllBytes(output);

        ToolRun[] runs =
        [
            await RunAsync(photos, output, "--resume"),
            await ToolRun.StartAsync("merge", folder.PathOf("merged.parquet"), output),
            await ToolRun.StartAsync("train", "--features", output, "--model", folder.PathOf("m.zip"), "--weights", "bundled-small"),
        ];

        foreach (ToolRun run in runs)
        {
            Assert.AreEqual((ExitCode.Failed, string.Empty), (run.ExitCode, run.Output));
            Assert.Contains($"'{output}' is not a file that 'mobilenetv2 featurize' wrote, or is damaged: its SHA-256 is ", run.Error);
            Assert.Contains("Compute it again.", run.Error);
        }

        Assert.AreSequenceEqual(before, File.ReadAllBytes(output));
        Assert.IsFalse(File.Exists(folder.PathOf("merged.parquet")) || File.Exists(folder.PathOf("m.zip")));
    }

    [TestMethod]
    public async Task Featurize_ResumeOverAFileOfSomethingElse_IsRefused()
    {
        using TemporaryFolder folder = new();
        string output = folder.Write("f.parquet", "Somebody's work.");

        ToolRun run = await RunAsync(ImageFolder.Create(folder), output, "--resume");

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"'{output}' is not a file that 'mobilenetv2 featurize' wrote, or is damaged", run.Error);
        Assert.AreEqual("Somebody's work.", File.ReadAllText(output));
    }

    [TestMethod]
    public async Task Featurize_ResumeWithAPartWhoseNumbersChanged_ComputesItAgain()
    {
        using TemporaryFolder folder = new();
        string photos = await PrepareUnfinishedAsync(folder);
        string output = folder.PathOf("f.parquet"), whole = folder.PathOf("whole.parquet"), part = folder.PathOf("f.parquet.parts", "000000004.parquet");
        byte[] bytes = File.ReadAllBytes(part);
        bytes[bytes.Length / 2] ^= 1; // One of the features, for which Parquet has no checksum.
        File.WriteAllBytes(part, bytes);

        ToolRun run = await RunAsync(photos, output, "--resume", "--json");
        await RunAsync(photos, whole);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains("\"computed\":9,", run.Output);
        Assert.AreSequenceEqual(File.ReadAllBytes(whole), File.ReadAllBytes(output));
    }

    [TestMethod]
    [DataRow("holiday.jpg", DisplayName = "a file")]
    [DataRow("sub/holiday.jpg", DisplayName = "a folder")]
    [DataRow("000000000.parquet", DisplayName = "a file with the name of a part")]
    public async Task Featurize_FolderOfSomebodyElse_IsRefusedAndStays(string name)
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder);
        folder.Write(Path.Combine("f.parquet.parts", name), "Somebody's work.");
        string[] before = folder.Files();

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"), "--resume");

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("f.parquet.parts' is where rows are kept until the output is complete, but it has other files, such as ", run.Error);
        Assert.AreSequenceEqual(before, folder.Files());
    }

    [TestMethod]
    public async Task Featurize_FilesOfSomebodyElseBesideThoseOfARun_Stay()
    {
        using TemporaryFolder folder = new();
        string photos = await PrepareUnfinishedAsync(folder);
        folder.Write("f.parquet.parts/notes.txt", "Somebody's work.");

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"), "--resume");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.AreSequenceEqual(["f.parquet", Path.Combine("f.parquet.parts", "notes.txt")], folder.Files().Where(file => !file.StartsWith("photos", StringComparison.Ordinal)));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task Featurize_OutputThatIsALink_WritesTheFileThatItLeadsTo()
    {
        using TemporaryFolder folder = new();
        string output = folder.PathOf("f.parquet"), target = folder.Write("store/target.parquet", "before");
        File.CreateSymbolicLink(output, target);

        ToolRun run = await RunAsync(ImageFolder.Create(folder), output);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.HasCount(12, Read(target).Rows);
        Assert.AreEqual(target, new FileInfo(output).LinkTarget);
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
        int empty = Enumerable.Range(1, 100).First(index => ImageSet.Find(photos, new Shard(index, 100), Assert.Fail, CancellationToken.None).Paths.Count == 0);

        ToolRun run = await RunAsync(photos, folder.PathOf("f.parquet"), "--shard", $"{empty}/100");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.IsEmpty(Read(folder.PathOf("f.parquet")).Rows);
    }

    internal static (FeatureMetadata Metadata, FeatureRow[] Rows) Read(string path)
    {
        using FeatureFileReader reader = FeatureFileReader.Open(path, CancellationToken.None);
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

    /// <summary>Turns a file into another one of the same length, with the times that it had.</summary>
    private static void ChangeContentAlone(string path)
    {
        DateTime written = File.GetLastWriteTimeUtc(path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, written);
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

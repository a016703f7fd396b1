using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class PredictCommandTests
{
    [TestMethod]
    public async Task Predict_Folder_WritesALineAnImageInOrder()
    {
        ToolRun run = await ToolRun.StartAsync("predict", SavedModels.Multiclass, SavedModels.Images, "--top", "2");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.HasCount(12, run.OutputLines);
        Assert.AreEqual($"{Path.Combine(SavedModels.Images, "00.png")}\tfew 95.8 %\tsome 2.4 %", run.OutputLines[0]);
        Assert.AreEqual($"{Path.Combine(SavedModels.Images, "01.png")}\tsome 74.7 %\tmany 20.1 %", run.OutputLines[1]);
    }

    [TestMethod]
    public async Task Predict_Json_IsAnArrayWithALineAnImage()
    {
        string[] images = [Path.Combine(SavedModels.Images, "00.png"), Path.Combine(SavedModels.Images, "01.png")];

        ToolRun run = await ToolRun.StartAsync(["predict", SavedModels.Multiclass, .. images, "--json"]);

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.HasCount(4, run.OutputLines, "two brackets and two images");
        using JsonDocument result = JsonDocument.Parse(run.Output);
        JsonElement second = result.RootElement[1];
        Assert.AreEqual((images[1], "some"), (second.GetProperty("path").GetString(), second.GetProperty("label").GetString()));
        Assert.AreEqual(1, second.GetProperty("scores").EnumerateArray().Sum(score => score.GetProperty("score").GetDouble()), 1e-5);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task Predict_FolderWithLinksInACircle_NamesThemAndTakesEachImageOnce()
    {
        using TemporaryFolder folder = new();
        string images = ImageFolder.Create(folder);
        Directory.CreateSymbolicLink(Path.Combine(images, "even", "up"), "..");
        Directory.CreateSymbolicLink(Path.Combine(images, "again"), "even");

        ToolRun run = await ToolRun.StartAsync("predict", SavedModels.Multiclass, images);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.HasCount(12, run.OutputLines);
        Assert.AreSequenceEqual(
            [$"warning: '{Path.Combine(images, "again")}' is ", $"warning: '{Path.Combine(images, "even", "up")}' is "],
            run.ErrorLines.Select(line => line[..(line.IndexOf("' is ", StringComparison.Ordinal) + 5)]));
    }

    [TestMethod]
    public async Task Predict_FolderWithAnEmptyFile_IsNotComplete()
    {
        using TemporaryFolder folder = new();
        string images = ImageFolder.Create(folder);
        string empty = folder.Write("photos/even/empty.png", string.Empty);

        ToolRun run = await ToolRun.StartAsync("predict", SavedModels.Multiclass, images);

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.HasCount(12, run.OutputLines);
        Assert.StartsWith($"error: '{empty}'", run.Error);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Names cannot hold such characters there.")]
    public async Task Predict_OddNames_KeepALineAnImageAndTheJsonValid()
    {
        using TemporaryFolder folder = new();
        string odd = folder.PathOf("tab\tline\nreturn\r\"quote\\größe 大小.png");
        string broken = folder.Write("line\nbroken.png", "This is no image.");
        File.Copy(Path.Combine(SavedModels.Images, "00.png"), odd);

        ToolRun lines = await ToolRun.StartAsync("predict", SavedModels.Multiclass, odd, broken, "--top", "1");
        ToolRun json = await ToolRun.StartAsync("predict", SavedModels.Multiclass, odd, broken, "--top", "1", "--json");

        Assert.AreSequenceEqual([$"{folder.PathOf("tab\uFFFDline\uFFFDreturn\uFFFD\"quote\\größe 大小.png")}\tfew 95.8 %"], lines.OutputLines);
        Assert.HasCount(1, lines.ErrorLines);
        using JsonDocument result = JsonDocument.Parse(json.Output);
        Assert.AreSequenceEqual([odd, broken], result.RootElement.EnumerateArray().Select(image => image.GetProperty("path").GetString()!));
    }

    [TestMethod]
    public async Task Predict_JsonCanceled_IsStillAnArray()
    {
        using CancellationTokenSource interrupt = new();
        using WatchedWriter output = new("00.png", interrupt.Cancel);
        StringWriter error = new();

        int exitCode = await CommandLineTool.RunAsync(
            ["predict", SavedModels.Multiclass, .. Enumerable.Repeat(SavedModels.Images, 100), "--json"], new(output, error, false, false), interrupt.Token);

        Assert.AreEqual((ExitCode.Failed, $"canceled{Environment.NewLine}"), (exitCode, error.ToString()));
        using JsonDocument result = JsonDocument.Parse(output.ToString());
        Assert.IsInRange(1, 1199, result.RootElement.GetArrayLength());
    }

    [TestMethod]
    public async Task Predict_UnreadableImage_IsNamedAndTheOthersArePredicted()
    {
        using TemporaryFolder folder = new();
        string broken = folder.Write("broken.png", "This is no image.");

        ToolRun run = await ToolRun.StartAsync("predict", SavedModels.Multiclass, broken, Path.Combine(SavedModels.Images, "00.png"));

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("00.png\tfew", run.Output);
        Assert.HasCount(1, run.ErrorLines);
        Assert.StartsWith($"error: '{broken}'", run.Error);
    }

    [TestMethod]
    public async Task Predict_Explain_WritesAnImageEach()
    {
        using TemporaryFolder folder = new();
        string image = Path.Combine(SavedModels.Images, "00.png");

        ToolRun run = await ToolRun.StartAsync("predict", SavedModels.Multiclass, image, image, "--explain", folder.PathOf("maps"), "--json");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        using JsonDocument result = JsonDocument.Parse(run.Output);
        string[] expected = [folder.PathOf("maps", "00.jpg"), folder.PathOf("maps", "00-2.jpg")];
        Assert.AreSequenceEqual(expected, result.RootElement.EnumerateArray().Select(entry => entry.GetProperty("explanation").GetString()!));
        foreach (string path in expected)
        {
            using var bitmap = SkiaSharp.SKBitmap.Decode(path);
            Assert.IsGreaterThan(0, bitmap.Width);
        }
    }

    [TestMethod]
    public async Task Predict_Canceled_SaysSo()
    {
        ToolRun run = await ToolRun.StartAsync(new CancellationToken(canceled: true), "predict", SavedModels.Multiclass, SavedModels.Images);

        Assert.AreEqual((ExitCode.Failed, "canceled\n"), (run.ExitCode, run.Error));
    }
}

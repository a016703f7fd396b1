using System.Text.Json;
using System.Xml.Linq;
using Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class CompareCommandTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Compare_MeasuresEachNetworkAtEachSize()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 6);
        string plot = folder.PathOf("plot.svg");

        ToolRun run = await ToolRun.StartAsync("compare", images, "--weights", "bundled-small", "--sizes", "32", "64", "--plot", plot, "--json");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        JsonElement[] rows = [.. result.RootElement.EnumerateArray()];
        Assert.AreSequenceEqual([32, 64], rows.Select(row => row.GetProperty("inputSize").GetInt32()));
        Assert.IsGreaterThan(2.5, rows[1].GetProperty("multiplyAdds").GetDouble() / rows[0].GetProperty("multiplyAdds").GetDouble());
        Assert.IsTrue(rows[0].GetProperty("isOnFront").GetBoolean(), "the cheapest one is always worth it");
        foreach (JsonElement row in rows)
        {
            Assert.IsInRange(0, 1, row.GetProperty("accuracy").GetDouble());
            Assert.IsGreaterThan(0, row.GetProperty("milliseconds").GetDouble());
            Assert.IsGreaterThan(0, row.GetProperty("imagesPerSecond").GetDouble());
            Assert.IsGreaterThan(1_000_000, row.GetProperty("modelBytes").GetInt64());
        }

        Assert.HasCount(2, XElement.Load(plot).Descendants().Where(element => element.Name.LocalName == "circle"));
    }

    [TestMethod]
    public async Task Compare_UnreadableImages_AreNamedAndCounted()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 5);
        ImageFolder.AddUnreadable(Path.Combine(images, "red"), "bad\t\"\u00e9\n", count: 5);
        File.Create(Path.Combine(images, "red", "empty.png")).Dispose();

        ToolRun run = await ToolRun.StartAsync("compare", images, "--weights", "bundled-small", "--sizes", "32", "--json");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        JsonElement row = result.RootElement[0];
        Assert.AreEqual(5, row.GetProperty("leftOut").GetInt32());
        string[] warnings = [.. run.ErrorLines.Where(line => line.StartsWith("warning: ", StringComparison.Ordinal))];
        Assert.HasCount(6, warnings, run.Error);
        Assert.Contains("empty.png", warnings[0]);
        Assert.AreEqual(5, warnings.Count(line => line.StartsWith("warning: left out '", StringComparison.Ordinal)), run.Error);
    }

    [TestMethod]
    public async Task Compare_NothingToMeasureWith_IsAnErrorAndNoJson()
    {
        using TemporaryFolder folder = new();
        string images = folder.PathOf("images");
        foreach (string label in DrawnImages.Classes)
        {
            for (int i = 0; i < 4; i++)
            {
                folder.Write($"images/{label}/{i}.png", $"This is no image of {label} number {i}.");
            }
        }

        ToolRun run = await ToolRun.StartAsync("compare", images, "--weights", "bundled-small", "--sizes", "32", "--json");

        Assert.AreEqual((ExitCode.Failed, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith("error: ", run.ErrorLines[^1]);
        Assert.Contains("all of its images are unreadable", run.ErrorLines[^1]);
    }

    [TestMethod]
    public void Run_NoImageHeldOutCanBeRead_NamesOne()
    {
        using TemporaryFolder folder = new();
        ImageDataset train = ImageDataset.FromFolder(DrawnImages.Write(folder, "train", countOfEach: 4), cancellationToken: TestContext.CancellationToken);
        string broken = folder.Write("test/red/broken.png", "This is no image.");
        Candidate candidate = Candidate.Create(["bundled-small"], [32]).Single();

        ImageDataset test = ImageDataset.FromFolder(folder.PathOf("test"), cancellationToken: TestContext.CancellationToken);

        CommandException error = Assert.ThrowsExactly<CommandException>(() =>
            new Trial(train, test, seed: 1, fineTune: null).Run(candidate, new PlainProgress(TextWriter.Null), TestContext.CancellationToken));

        Assert.StartsWith($"None of the 1 images that were held out to measure with can be used. '{broken}'", error.Message);
    }

    [TestMethod]
    public async Task Compare_Canceled_ShowsWhatWasComparedByThen()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 5);
        using CancellationTokenSource interrupt = new();
        StringWriter output = new();
        using WatchedWriter error = new(" %", interrupt.Cancel);

        int exitCode = await CommandLineTool.RunAsync(
            ["compare", images, "--weights", "bundled-small", "--sizes", "32", "64", "--json"], new(output, error, false, false), interrupt.Token);

        Assert.AreEqual(ExitCode.Failed, exitCode);
        Assert.Contains("canceled; 1 of 2 were compared", error.ToString());
        using JsonDocument result = JsonDocument.Parse(output.ToString());
        Assert.AreEqual(32, result.RootElement.EnumerateArray().Single().GetProperty("inputSize").GetInt32());
    }

    [TestMethod]
    public void Mark_MarksWhatNothingCheaperReaches()
    {
        ComparisonRow[] rows = ParetoFront.Mark([Row("d", 40, 0.9), Row("a", 10, 0.7), Row("b", 20, 0.6), Row("c", 30, 0.9), Row("e", 30, 0.8)]);

        Assert.AreEqual("a* b c* e d", string.Join(' ', rows.Select(row => row.Weights + (row.IsOnFront ? "*" : string.Empty))));
    }

    private static ComparisonRow Row(string name, long cost, double accuracy) => new(name, 32, accuracy, 1, 0, 1, cost, 1, 1, 1);
}

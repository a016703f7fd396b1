using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2;
using SkiaSharp;
using TransferLearning.Tests.Surfaces;

namespace TransferLearning.Tests;

/// <summary>The sample as a user sees it: a process with arguments, an exit code and text.</summary>
[TestClass]
public sealed partial class ProgramTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task NoFolder_DrawsImagesThatMeanColorDoesNotTellApart_AndReaches95PercentAsync()
    {
        const double FarFromSeparable = 0.45;
        using TemporaryFolder folder = new();

        SampleRun run = await RunAsync("--draw", folder.PathOf("images"), "--output", folder.PathOf("model.zip"));
        Assert.AreEqual((0, string.Empty), (run.ExitCode, run.Error));
        IReadOnlyList<LabeledImage> drawn = ImageDataset.FromFolder(folder.PathOf("images"), cancellationToken: TestContext.CancellationToken).Images;
        double accuracyByMeanColor = NearestMeanColor.Accuracy(drawn);

        Assert.AreSequenceEqual(["clean", "crack", "dent", "scratch", "stain"], drawn.Select(image => image.Label).Distinct());
        Assert.IsLessThan(FarFromSeparable, accuracyByMeanColor, "chance is 0.2");
        double percent = double.Parse(AccuracyLine().Match(run.Output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.IsGreaterThanOrEqualTo(95, percent);
        Assert.AreSequenceEqual([folder.PathOf("model.zip")], folder.Files().Except(drawn.Select(image => image.Image)));
    }

    [TestMethod]
    public async Task UnreadableImage_IsSkippedAndNamedAsync()
    {
        using TemporaryFolder folder = new();
        folder.WriteImages("images/red", 5, SKColors.Red);
        folder.WriteImages("images/blue", 5, SKColors.Blue);
        string broken = folder.Write("images/red/broken.jpg", "This is no image.");

        SampleRun run = await RunAsync(folder.PathOf("images"), "--output", folder.PathOf("model.zip"));

        Assert.AreEqual((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("skipped 1 of 11 images that cannot be read:", run.Output);
        Assert.Contains($"  '{broken}'", run.Output);
        Assert.Contains("accuracy on 2 images that were held out: 100.0 %", run.Output);
    }

    [TestMethod]
    public async Task ClassWithOneReadableImage_IsRefusedAsync()
    {
        using TemporaryFolder folder = new();
        folder.WriteImages("red", 3, SKColors.Red);
        folder.WriteImages("blue", 1, SKColors.Blue);
        folder.Write("blue/broken.jpg", string.Empty);

        SampleRun run = await RunAsync(folder.Path, "--output", folder.PathOf("model.zip"));

        AssertRefused(run, $"error: The class 'blue' in '{folder.Path}' has only 1 image that can be read; each class needs at least 2.");
        Assert.IsFalse(File.Exists(folder.PathOf("model.zip")));
    }

    [TestMethod]
    public async Task DamagedWeights_AreRefusedAsync()
    {
        using TemporaryFolder folder = new();
        string weights = folder.Write("weights.safetensors", "This is no file of weights.");

        SampleRun run = await RunAsync("--weights", weights, "--output", folder.PathOf("model.zip"));

        AssertRefused(run, $"error: '{weights}': ");
    }

    [TestMethod]
    [DataRow("--weights", "no.safetensors", "error: The file of weights 'no.safetensors' does not exist.")]
    [DataRow("no-such-folder", "", "error: The folder of images 'no-such-folder' does not exist.")]
    [DataRow("--output", "no/such/folder/model.zip", "error: The model cannot be written to 'no/such/folder/model.zip': ")]
    [DataRow("--frobnicate", "", "error: There is no option '--frobnicate'; --help lists all.")]
    public async Task WrongInput_EndsWithOneLineAsync(string first, string second, string expected)
    {
        SampleRun run = await RunAsync(second.Length > 0 ? [first, second] : [first]);

        AssertRefused(run, expected);
    }

    [TestMethod]
    public async Task Help_IsPrintedAsync()
    {
        SampleRun run = await RunAsync("--help");

        Assert.AreEqual((0, SampleOptions.Help + Environment.NewLine), (run.ExitCode, run.Output));
    }

    private static void AssertRefused(SampleRun run, string expectedStart)
    {
        Assert.AreEqual(1, run.ExitCode);
        Assert.StartsWith(expectedStart, run.Error);
        Assert.HasCount(1, run.Error.TrimEnd().Split('\n'), "one line, no stack trace");
    }

    private Task<SampleRun> RunAsync(params string[] arguments) => SampleRun.StartAsync(TestContext.CancellationToken, arguments);

    [GeneratedRegex(@"held out: ([0-9.]+) %")]
    private static partial Regex AccuracyLine();
}

namespace TransferLearning.Tests;

/// <summary>The sample that needs no training, as a user sees it.</summary>
[TestClass]
public sealed class ClassifyAnythingTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "ClassifyAnything.dll");

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task NoArguments_NamesWhatIsDrawnAsync()
    {
        SampleRun run = await RunAsync();

        Assert.AreEqual((0, string.Empty), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n');
        foreach ((string image, string name) in new[] { ("balloon", "balloon"), ("clock", "analog clock"), ("lighthouse", "beacon"), ("umbrella", "umbrella") })
        {
            int index = Array.FindIndex(lines, line => line.TrimEnd() == $"{image}.png");
            Assert.IsGreaterThanOrEqualTo(0, index, image);
            Assert.EndsWith($"  {name}", lines[index + 1].TrimEnd());
        }
    }

    [TestMethod]
    public async Task UnreadableFile_IsNamedAndTheOthersAreClassifiedAsync()
    {
        using TemporaryFolder folder = new();
        string broken = folder.Write("broken.jpg", "This is no image.");
        string balloon = Path.Combine(AppContext.BaseDirectory, "images", "balloon.png");

        SampleRun run = await RunAsync(broken, balloon);

        Assert.AreEqual(1, run.ExitCode);
        Assert.Contains($"'{broken}'", run.Error);
        Assert.Contains("balloon.png", run.Output);
    }

    private Task<SampleRun> RunAsync(params string[] arguments) =>
        SampleRun.StartAsync(Program, workingFolder: string.Empty, TestContext.CancellationToken, arguments);
}

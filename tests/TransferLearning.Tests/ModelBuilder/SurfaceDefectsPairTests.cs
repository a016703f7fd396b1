using ModelBuilder;
using SkiaSharp;

namespace TransferLearning.Tests.ModelBuilder;

/// <summary>The pair of files that Model Builder generates, with this library's trainer.</summary>
[TestClass]
public sealed class SurfaceDefectsPairTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Program_TrainsAndPrintsAllLabelsAsync()
    {
        using TemporaryFolder folder = new();
        folder.WriteImages("images/red", 5, SKColors.Red);
        folder.WriteImages("images/blue", 5, SKColors.Blue);
        string image = Directory.GetFiles(folder.PathOf("images/blue"))[0];

        SampleRun run = await SampleRun.StartAsync(
            typeof(SurfaceDefects).Assembly.Location, folder.Path, TestContext.CancellationToken, folder.PathOf("images"), image);

        Assert.AreEqual((0, string.Empty), (run.ExitCode, run.Error));
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.HasCount(2, lines);
        Assert.EndsWith("blue", lines[0].TrimEnd());
        Assert.EndsWith("red", lines[1].TrimEnd());
        Assert.IsTrue(File.Exists(folder.PathOf("SurfaceDefects.mlnet")));
    }
}

using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class CleanCommandTests
{
    [TestMethod]
    public async Task Clean_ListsDuplicatesUnreadableFilesAndSwitchedLabels()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 8);
        string broken = folder.Write("images/red/broken.png", "This is no image.");
        File.WriteAllBytes(folder.PathOf("images", "red", "switched.png"), DrawnImages.Draw("blue", 50));
        File.Copy(folder.PathOf("images", "green", "001.png"), folder.PathOf("images", "green", "copy.png"));
        string[] before = folder.Files();

        ToolRun run = await ToolRun.StartAsync("clean", images, "--weights", "bundled-small", "--similarity", "0.9999", "--json");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreEqual(26, result.RootElement.GetProperty("count").GetInt32());
        Assert.AreSequenceEqual([broken], result.RootElement.GetProperty("unreadable").EnumerateArray().Select(file => file.GetProperty("path").GetString()!));
        string[] group = [.. result.RootElement.GetProperty("duplicates").EnumerateArray().Single().EnumerateArray().Select(path => Path.GetFileName(path.GetString()!))];
        Assert.AreSequenceEqual(["001.png", "copy.png"], group);
        JsonElement suspect = result.RootElement.GetProperty("likelyWrong")[0];
        Assert.AreEqual(folder.PathOf("images", "red", "switched.png"), suspect.GetProperty("path").GetString());
        Assert.AreEqual("blue", suspect.GetProperty("suggested").GetString());
        Assert.AreSequenceEqual(before, folder.Files(), "nothing is deleted");
    }

    [TestMethod]
    public async Task Clean_Text_EndsWithTheCounts()
    {
        using TemporaryFolder folder = new();
        string images = DrawnImages.Write(folder, "images", countOfEach: 2);
        folder.Write("images/red/broken.png", "This is no image.");

        ToolRun run = await ToolRun.StartAsync("clean", images, "--weights", "bundled-small", "--similarity", "1");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains("cannot be read:\n", run.Output);
        Assert.StartsWith("images read: 6, not: 1; ", run.OutputLines[^1]);
    }
}

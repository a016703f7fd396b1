using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class TrainOnFeaturesTests
{
    private const string Small = "bundled-small";

    [TestMethod]
    public async Task Train_OnFeatures_WritesTheModelThatImagesGive()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder), features = folder.PathOf("f.parquet");
        await RunAsync("featurize", photos, "--output", features, "--weights", Small, "--size", "32");

        string trained = await RunAsync("train", "--features", features, "--model", folder.PathOf("a.zip"), "--weights", Small, "--validation-fraction", "0", "--json");
        await RunAsync("train", photos, "--model", folder.PathOf("b.zip"), "--weights", Small, "--size", "32", "--validation-fraction", "0");

        using JsonDocument result = JsonDocument.Parse(trained);
        Assert.AreSequenceEqual(["even", "odd"], result.RootElement.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        string expected = await RunAsync("predict", folder.PathOf("b.zip"), photos), actual = await RunAsync("predict", folder.PathOf("a.zip"), photos);
        Assert.HasCount(12, actual.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.AreEqual(expected, actual);
    }

    [TestMethod]
    public async Task Train_OnFeaturesOfWhatCannotBeRead_NamesIt()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder), features = folder.PathOf("f.parquet");
        ImageFolder.AddUnreadable(Path.Combine(photos, "void"), "broken", 2);
        File.Copy(Path.Combine(photos, "odd", "01.png"), Path.Combine(photos, "loose.png"));
        await RunAsync("featurize", photos, "--output", features, "--weights", Small, "--size", "32");

        ToolRun run = await ToolRun.StartAsync("train", "--features", features, "--model", folder.PathOf("m.zip"), "--weights", Small, "--epochs", "1");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        Assert.Contains($"warning: Left out what could not be read, of the images in '{features}': 2.", run.Error);
        Assert.Contains("warning: None of the images of the class 'void' can be read: the model does not know it.", run.Error);
        Assert.Contains($"warning: Left out what has no class, because it lay beside the sub-folders, of the images in '{features}': 1.", run.Error);
    }

    [TestMethod]
    [DataRow(new[] { "--weights", "bundled" }, @"and --weights bundled have different weights 'BundledSmall' \(SHA-256 [0-9a-f]{12}\) and 'Bundled' \([0-9a-f]{12}\)\. ", DisplayName = "other weights")]
    [DataRow(new[] { "--weights", Small, "--model", "/proc/m.zip" }, "'/proc/m\\.zip' cannot be written: ", DisplayName = "a read-only place")]
    public async Task Train_OnFeaturesOfOtherWeights_IsRefused(string[] options, string message)
    {
        using TemporaryFolder folder = new();
        string features = folder.PathOf("f.parquet");
        await RunAsync("featurize", ImageFolder.Create(folder), "--output", features, "--weights", Small, "--size", "32");
        string[] model = options.Contains("--model") ? [] : ["--model", folder.PathOf("m.zip")];

        ToolRun run = await ToolRun.StartAsync(["train", "--features", features, .. options, .. model]);

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.MatchesRegex(message, run.Error);
        Assert.IsFalse(File.Exists(folder.PathOf("m.zip")));
    }

    [TestMethod]
    [DataRow(1, 2, new[] { "cat", "dog" }, "is shard 1/2 alone. Make one file of all shards with 'mobilenetv2 merge'.", DisplayName = "a shard")]
    [DataRow(1, 1, new[] { "cat", "cat" }, "has features of 1 class; two are needed.", DisplayName = "one class")]
    public async Task Train_OnTooLittle_IsRefused(int shard, int count, string[] labels, string message)
    {
        using TemporaryFolder folder = new();
        string features = folder.PathOf("f.parquet");
        using (FileStream stream = File.Create(features))
        {
            FeatureMetadata metadata = new("some", "1f3a", 32, 2, "{}", "1.0.0", new Shard(shard, count));
            FeatureFile.Write(stream, metadata, labels.Select((label, i) => new FeatureRow($"{label}/{i}.png", label, [i, 1], null)));
        }

        ToolRun run = await ToolRun.StartAsync("train", "--features", features, "--model", folder.PathOf("m.zip"));

        Assert.AreEqual((ExitCode.Failed, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error);
        Assert.AreSequenceEqual(["f.parquet"], folder.Files());
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        ToolRun run = await ToolRun.StartAsync(arguments);
        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        return run.Output;
    }
}

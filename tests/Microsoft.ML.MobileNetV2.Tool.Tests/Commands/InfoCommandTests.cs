using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class InfoCommandTests
{
    [TestMethod]
    public async Task Info_WithoutModel_HasThePublishedCountsOfThePaper()
    {
        ToolRun run = await ToolRun.StartAsync("info", "--json");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreEqual(3_504_872, result.RootElement.GetProperty("parameters").GetInt64());
        Assert.AreEqual(300_774_272, result.RootElement.GetProperty("multiplyAdds").GetInt64());
        JsonElement stem = result.RootElement.GetProperty("layers")[0];
        Assert.AreSequenceEqual([3, 224, 224], stem.GetProperty("input").EnumerateArray().Select(size => size.GetInt32()));
        Assert.AreEqual(32 * 27 + 64, stem.GetProperty("parameters").GetInt64());
    }

    [TestMethod]
    public async Task Info_Table_EndsWithTheSums()
    {
        ToolRun run = await ToolRun.StartAsync("info", "--width", "0.5", "--size", "160", "--classes", "0");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("features.18.0", run.Output);
        Assert.StartsWith("width 0.5, 160 pixels, 1280 features, no head: 687,", run.OutputLines[^1]);
    }

    [TestMethod]
    public async Task Info_OfAModel_NamesItsClassesAndTheHashOfTheFile()
    {
        ToolRun run = await ToolRun.StartAsync("info", SavedModels.Multiclass, "--json");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreSequenceEqual(["few", "many", "some"], result.RootElement.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.AreEqual(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(SavedModels.Multiclass))), result.RootElement.GetProperty("sha256").GetString());
        Assert.AreEqual(0.05f, result.RootElement.GetProperty("backbone").GetProperty("widthMultiplier").GetSingle());
        Assert.AreEqual("Stretch", result.RootElement.GetProperty("preprocessing").GetProperty("resize").GetString());
    }

    [TestMethod]
    public async Task Info_OfAModel_AsText_HasARowForEachFact()
    {
        ToolRun run = await ToolRun.StartAsync("info", SavedModels.Multiclass);

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("3: few, many, some", run.Output);
        Assert.Contains("SHA-256", run.Output);
    }
}

using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.Reports;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class EvaluateCommandTests
{
    [TestMethod]
    public async Task Evaluate_Json_HasTheFigures()
    {
        using TemporaryFolder folder = new();
        string images = LabeledImages.Write(folder);
        folder.Write("images/few/broken.png", "This is no image.");
        folder.Write("images/other/one.png", "Of no class of the model.");

        ToolRun run = await ToolRun.StartAsync("evaluate", SavedModels.Multiclass, images, "--json");

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreEqual(LabeledImages.CorrectCount / 12.0, result.RootElement.GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.AreEqual(1, result.RootElement.GetProperty("top5").GetDouble());
        Assert.IsInRange(0, 1, result.RootElement.GetProperty("macroF1").GetDouble());
        Assert.IsInRange(0, 1, result.RootElement.GetProperty("calibrationError").GetDouble());
        Assert.AreEqual((12, 1), (result.RootElement.GetProperty("count").GetInt32(), result.RootElement.GetProperty("unreadable").GetInt32()));
        Assert.AreEqual(2, result.RootElement.GetProperty("skipped").GetArrayLength());
        Assert.Contains("broken.png", run.Error);
    }

    [TestMethod]
    public async Task Evaluate_Text_HasTheMatrixWithWhatWasRejected()
    {
        using TemporaryFolder folder = new();
        string images = LabeledImages.Write(folder);

        ToolRun run = await ToolRun.StartAsync("evaluate", SavedModels.Multiclass, images, "--threshold", "0.9");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, LinesWithoutProgress(run.Error)));
        Assert.MatchesRegex(@"true class +│ +1 │ +2 │ +3 │ +unknown │ +found", run.Output);
        Assert.MatchesRegex(@"accuracy \d+\.\d %, macro F1 0\.\d+, calibration error 0\.\d+; 12 images, \d+ rejected as unknown, 0 left out", run.OutputLines[^1]);
    }

    [TestMethod]
    public async Task Evaluate_Report_IsOneFileThatLoadsNothing()
    {
        using TemporaryFolder folder = new();
        string images = LabeledImages.Write(folder, isShifted: true);
        const int MistakeCount = 12 - LabeledImages.CorrectCountOfShifted + 1;
        File.Copy(folder.PathOf("images", "some", "00.png"), folder.PathOf("images", "some", "copy.png"));
        folder.Write("images/few/<b>broken.png", "This is no image.");
        string report = folder.PathOf("report.html");

        ToolRun run = await ToolRun.StartAsync("evaluate", SavedModels.Multiclass, images, "--report", report);

        Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
        string html = File.ReadAllText(report);
        Assert.Contains("default-src 'none'", html);
        Assert.DoesNotContain("unsafe-inline", html);
        Assert.DoesNotContain("http:", html);
        Assert.DoesNotContain("https:", html);
        Assert.DoesNotContain(" style=", html, "the policy would drop it");
        Assert.DoesNotContain("<b>broken", html, "names of files are text");
        Assert.Contains("&lt;b&gt;broken.png", html);
        Assert.MatchesRegex("look alike: 1</h2>(?s:.)+some/00.png</span>, <span class=\"name\">some/copy.png", html.Replace('\\', '/'));
        Assert.IsLessThan(5_000_000L, new FileInfo(report).Length);
        Assert.AreEqual(2 * MistakeCount, html.Split("data:image/jpeg;base64,").Length - 1, "an image and a map for each mistake");
        if (Browser.IsWanted)
        {
            await ReportInBrowser.CheckAsync(report, MistakeCount);
        }
    }

    [TestMethod]
    public async Task Evaluate_OfAModelOfSeveralLabels_SaysWhatToUse()
    {
        ToolRun run = await ToolRun.StartAsync("evaluate", SavedModels.PathOf("multilabel.zip"), SavedModels.Images);

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("EvaluateLabels", run.Error);
    }

    private static string LinesWithoutProgress(string error) =>
        string.Concat(error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("evaluating:", StringComparison.Ordinal)));
}

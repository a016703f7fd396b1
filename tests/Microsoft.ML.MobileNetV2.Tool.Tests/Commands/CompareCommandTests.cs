using System.Text.Json;
using System.Xml.Linq;
using Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class CompareCommandTests
{
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
    public void Mark_MarksWhatNothingCheaperReaches()
    {
        ComparisonRow[] rows = ParetoFront.Mark([Row("d", 40, 0.9), Row("a", 10, 0.7), Row("b", 20, 0.6), Row("c", 30, 0.9), Row("e", 30, 0.8)]);

        Assert.AreEqual("a* b c* e d", string.Join(' ', rows.Select(row => row.Weights + (row.IsOnFront ? "*" : string.Empty))));
    }

    private static ComparisonRow Row(string name, long cost, double accuracy) => new(name, 32, accuracy, 1, cost, 1, 1, 1);
}

using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Shell;

[TestClass]
public sealed class PlainProgressTests
{
    [TestMethod]
    public void Report_WritesALineForEachTenthOfAPhase()
    {
        StringWriter writer = new() { NewLine = "\n" };
        PlainProgress progress = new(writer);

        for (int done = 0; done <= 1000; done++)
        {
            progress.Report("looking", done, 1000);
        }

        progress.Report("sorting", 1, 1);

        string[] lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(12, lines);
        Assert.AreEqual("looking: 0 of 1000", lines[0]);
        Assert.MatchesRegex("^looking: 500 of 1000, .+ left$", lines[5]);
        Assert.AreEqual("looking: 1000 of 1000", lines[10]);
        Assert.AreEqual("sorting: 1 of 1", lines[11]);
    }
}

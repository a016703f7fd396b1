namespace TransferLearning.Tests;

[TestClass]
public sealed class ConfusionTableTests
{
    [TestMethod]
    public void Format_ShowsTruthInRowsAndWhatWasFound()
    {
        string table = ConfusionTable.Format([[9, 1, 0], [0, 123, 2], [0, 0, 0]], ["cat", "dog", "bird"]);

        Assert.AreEqual(
            """
            truth   |   1   2   3 | found
            1 cat   |   9   1   . |  90 %
            2 dog   |   . 123   2 |  98 %
            3 bird  |   .   .   . |   0 %

            """.ReplaceLineEndings(),
            table);
    }

    [TestMethod]
    public void Format_ManyClassesWithLongNames_StaysAligned()
    {
        string[] names = [.. Enumerable.Range(1, 12).Select(i => new string('x', 4 * i))];
        double[][] counts = [.. names.Select((_, row) => names.Select((_, column) => row == column ? 10.0 : 0).ToArray())];

        string[] lines = ConfusionTable.Format(counts, names).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        Assert.HasCount(13, lines);
        Assert.HasCount(1, lines.Select(line => line.Length).Distinct().ToArray());
        Assert.HasCount(1, lines.Select(line => line.IndexOf('|', StringComparison.Ordinal)).Distinct().ToArray());
        Assert.Contains("12 xxxxxxxxxxxxxxxxxxxxxxx… |", lines[12]);
    }
}

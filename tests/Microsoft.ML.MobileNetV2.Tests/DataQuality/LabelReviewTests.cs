using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.DataQuality;

/// <summary>Labels that are likely wrong.</summary>
[TestClass]
public sealed class LabelReviewTests
{
    private const int Count = 120;
    private static readonly string[] Names = ["cat", "dog", "fox"];
    private static readonly int[] Switched = [7, 40, 80, 110];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Find_ListsTheSwitchedLabels()
    {
        IReadOnlyList<SuspectLabel> suspects = Find(Features(), Labels());

        Assert.AreSequenceEqual(Switched, suspects.Select(suspect => suspect.Index).Order());
        foreach (SuspectLabel suspect in suspects)
        {
            Assert.AreEqual(Labels()[suspect.Index], suspect.Given.Label);
            Assert.AreEqual(Names[suspect.Index % 3], suspect.Suggested.Label);
            Assert.IsGreaterThan(suspect.Given.Score, suspect.Suggested.Score);
        }

        Assert.AreSequenceEqual(suspects.Select(Margin).OrderDescending(), suspects.Select(Margin));
    }

    [TestMethod]
    public void Find_OfRightLabels_ListsNothing() =>
        Assert.IsEmpty(Find(Features(), [.. Enumerable.Range(0, Count).Select(row => Names[row % 3])]));

    [TestMethod]
    public void Find_OfALabelOfOneImage_DoesNotJudgeIt()
    {
        string[] labels = [.. Enumerable.Range(0, Count).Select(row => row == 5 ? "wolf" : Names[row % 3])];

        Assert.IsEmpty(Find(Features(), labels));
    }

    [TestMethod]
    public void Find_WithTheSameSeed_GivesTheSame()
    {
        List<int> progress = [];

        IReadOnlyList<SuspectLabel> first = Find(Features(), Labels(), 3, 2, new ProgressList(progress));
        IReadOnlyList<SuspectLabel> second = Find(Features(), Labels(), 3, 2);

        Assert.AreSequenceEqual(first.Select(suspect => (suspect.Index, suspect.Given, suspect.Suggested)), second.Select(suspect => (suspect.Index, suspect.Given, suspect.Suggested)));
        Assert.AreSequenceEqual([1, 2, 3], progress);
    }

    [TestMethod]
    public void Find_OfLessThanTwoLabels_ListsNothing()
    {
        Assert.IsEmpty(Find([], []));
        Assert.IsEmpty(Find([[1, 2], [3, 4]], ["cat", "cat"]));
    }

    [TestMethod]
    public void Find_WithWrongArguments_SaysWhatIsWrong()
    {
        Assert.StartsWith("There are 1 labels for 2 images.", Assert.ThrowsExactly<ArgumentException>(() => Find([[1], [2]], ["cat"])).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Find([], [], foldCount: 1));
        Assert.ThrowsExactly<OperationCanceledException>(() => LabelReview.Find(Features(), Labels(), cancellationToken: new(canceled: true)));
    }

    private IReadOnlyList<SuspectLabel> Find(float[][] features, string[] labels, int foldCount = 5, int seed = 1, IProgress<int>? progress = null) =>
        LabelReview.Find(features, labels, foldCount, seed, progress, TestContext.CancellationToken);

    private static float Margin(SuspectLabel suspect) => suspect.Suggested.Score - suspect.Given.Score;

    private static float[][] Features()
    {
        float[] rows = SyntheticFeatures.Rows([.. Enumerable.Range(0, Count).Select(row => row % 3)], classCount: 3);
        return [.. rows.Chunk(SyntheticFeatures.FeatureCount)];
    }

    private static string[] Labels() => [.. Enumerable.Range(0, Count).Select(row => Names[(Switched.Contains(row) ? row + 1 : row) % 3])];

    private sealed class ProgressList(List<int> reports) : IProgress<int>
    {
        public void Report(int value) => reports.Add(value);
    }
}

namespace Microsoft.ML.MobileNetV2.Tests.Evaluation;

/// <summary>The figures of images with several labels: against scikit-learn, and at their edges.</summary>
[TestClass]
public sealed class MultiLabelEvaluationTests
{
    private const double Exact = 1e-12;

    private static readonly string[] Labels = ["sky", "water", "snow"];

    [TestMethod]
    public void Create_GivesTheFiguresOfScikitLearn()
    {
        var evaluation = MultiLabelEvaluation.Create(MetricRows.MultiLabel(), MetricRows.Classes);

        double[] expected = [0.7823538011695906, 0.7312518764219663, 0.7513708513708514, 0.8953581871345029, 0.7817499786692022];
        for (int label = 0; label < expected.Length; label++)
        {
            Assert.AreEqual(expected[label], evaluation.Labels[label].AveragePrecision, Exact);
        }

        Assert.AreEqual(0.7884169389532227, evaluation.MeanAveragePrecision, Exact);
        Assert.AreEqual(0.6888888888888889, evaluation.MicroF1, Exact);
        Assert.AreEqual(0.6838787183693747, evaluation.MacroF1, Exact);
    }

    [TestMethod]
    public void Create_WithALabelThatNoImageHas_LeavesItOutOfTheMeans()
    {
        var evaluation = MultiLabelEvaluation.Create([Image(["sky"], 0.9f, 0.1f, 0.2f), Image(["water"], 0.2f, 0.3f, 0.4f), Image([], 0.1f, 0.2f, 0.3f)], Labels);

        Assert.AreEqual(double.NaN, evaluation.Labels[2].AveragePrecision);
        Assert.AreEqual(1, evaluation.MeanAveragePrecision);
        Assert.AreEqual(0.5, evaluation.MacroF1, "sky 1, water 0; snow neither occurs nor is predicted");
        Assert.AreEqual(2.0 / 3, evaluation.MicroF1, Exact);
    }

    [TestMethod]
    public void Create_WithoutImages_HasNoFigures()
    {
        var evaluation = MultiLabelEvaluation.Create([], Labels);

        Assert.AreEqual(double.NaN, evaluation.MeanAveragePrecision);
        Assert.AreEqual(double.NaN, evaluation.MicroF1);
        Assert.AreEqual(double.NaN, evaluation.MacroF1);
    }

    [TestMethod]
    public void ChooseThresholds_MakeF1OfEachLabelHighest()
    {
        ScoredLabels[] images = MetricRows.MultiLabel();

        IReadOnlyList<float> thresholds = MultiLabelEvaluation.ChooseThresholds(images, MetricRows.Classes);

        var chosen = MultiLabelEvaluation.Create(images, MetricRows.Classes, thresholds);
        foreach (float other in Enumerable.Range(0, 21).Select(step => (step / 20f) - 0.001f))
        {
            var same = MultiLabelEvaluation.Create(images, MetricRows.Classes, [other, other, other, other, other]);
            for (int label = 0; label < thresholds.Count; label++)
            {
                Assert.IsGreaterThanOrEqualTo(same.Labels[label].AtThreshold.F1, chosen.Labels[label].AtThreshold.F1);
            }
        }
    }

    [TestMethod]
    public void ChooseThresholds_LieBetweenTwoScores()
    {
        IReadOnlyList<float> thresholds = MultiLabelEvaluation.ChooseThresholds(
            [Image(["sky"], 0.75f, 0.25f, 0), Image(["sky"], 0.5f, 0.25f, 0), Image(["water"], 0.25f, 0.25f, 0)], Labels);

        Assert.AreSequenceEqual([0.375f, 0.25f, 0.5f], thresholds, "water is no better than always; snow has no image");
    }

    [TestMethod]
    public void Create_WithThresholds_PredictsFromThemOn()
    {
        var evaluation = MultiLabelEvaluation.Create([Image(["sky", "water"], 0.4f, 0.6f, 0)], Labels, [0.4f, 0.7f, 0.5f]);

        Assert.AreEqual(1, evaluation.Labels[0].AtThreshold.CorrectCount);
        Assert.AreEqual(0, evaluation.Labels[1].AtThreshold.PredictedCount);
        Assert.AreEqual(0.7f, evaluation.Labels[1].Threshold);
    }

    [TestMethod]
    public void Create_NamesUnknownLabels()
    {
        var evaluation = MultiLabelEvaluation.Create([Image(["sky", "dunes"], 1, 0, 0), Image(["sky"], 1, 0, 0)], Labels);

        Assert.AreEqual(1, evaluation.Count);
        Assert.AreEqual(("dunes", SkippedReason.UnknownLabel), (evaluation.Skipped[0].Label, evaluation.Skipped[0].Reason));
    }

    [TestMethod]
    [DataRow(new[] { 0.5f, 0.5f }, DisplayName = "too few")]
    [DataRow(new[] { 0.5f, 0.5f, float.NaN }, DisplayName = "not finite")]
    public void Create_WithWrongThresholds_SaysWhatIsExpected(float[] thresholds) => Assert.StartsWith(
        $"There are {thresholds.Length} thresholds; expected a finite number for each of the 3 labels.",
        Assert.ThrowsExactly<ArgumentException>(() => MultiLabelEvaluation.Create([], Labels, thresholds)).Message);

    private static ScoredLabels Image(string[] labels, params float[] scores) => new("x.jpg", labels, scores);
}

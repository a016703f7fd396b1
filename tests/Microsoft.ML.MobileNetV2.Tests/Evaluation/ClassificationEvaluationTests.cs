namespace Microsoft.ML.MobileNetV2.Tests.Evaluation;

/// <summary>The figures of images with one label each: against scikit-learn, and at their edges.</summary>
[TestClass]
public sealed class ClassificationEvaluationTests
{
    private const double Exact = 1e-12;

    /// <summary>Scores are float32, whose logarithm is taken.</summary>
    private const double Rounded = 1e-7;

    private static readonly string[] Classes = ["cat", "dog", "fox"];

    [TestMethod]
    public void Create_GivesTheFiguresOfScikitLearn()
    {
        var evaluation = ClassificationEvaluation.Create(MetricRows.SingleLabel(), MetricRows.Classes);

        Assert.AreEqual(MetricRows.RowCount, evaluation.Count);
        Assert.AreEqual(0.5833333333333334, evaluation.Accuracy, Exact);
        Assert.AreEqual(evaluation.Accuracy, evaluation.GetTopKAccuracy(1));
        Assert.AreEqual(0.6833333333333333, evaluation.GetTopKAccuracy(2), Exact);
        Assert.AreEqual(0.7333333333333333, evaluation.GetTopKAccuracy(3), Exact);
        Assert.AreEqual(1, evaluation.GetTopKAccuracy(9));
        Assert.AreEqual(1.424099000396139, evaluation.LogLoss, Rounded);
        Assert.AreEqual(0.5714285714285714, evaluation.MacroF1, Exact);
    }

    [TestMethod]
    public void Classes_HaveThePrecisionRecallF1AndSupportOfScikitLearn()
    {
        var evaluation = ClassificationEvaluation.Create(MetricRows.SingleLabel(), MetricRows.Classes);

        AssertNear([0.8181818181818182, 0.5714285714285714, 0.45454545454545453, 0.75, 0.3333333333333333], evaluation.Classes.Select(metrics => metrics.Precision));
        AssertNear([0.5625, 0.5714285714285714, 0.5, 0.5625, 1.0], evaluation.Classes.Select(metrics => metrics.Recall));
        AssertNear([0.6666666666666666, 0.5714285714285714, 0.47619047619047616, 0.6428571428571429, 0.5], evaluation.Classes.Select(metrics => metrics.F1));
        Assert.AreSequenceEqual([16, 14, 10, 16, 4], evaluation.Classes.Select(metrics => metrics.Support));
    }

    [TestMethod]
    public void Confusion_HasTheCountsOfScikitLearn_AndTheMostConfusedPairs()
    {
        ConfusionMatrix matrix = ClassificationEvaluation.Create(MetricRows.SingleLabel(), MetricRows.Classes).Confusion;

        int[] expected = [9, 3, 1, 0, 3, 1, 8, 2, 2, 1, 1, 1, 5, 1, 2, 0, 2, 3, 9, 2, 0, 0, 0, 0, 4];
        Assert.AreSequenceEqual(expected, from label in Enumerable.Range(0, 5) from predicted in Enumerable.Range(0, 5) select matrix[label, predicted]);
        Assert.AreSequenceEqual(
            ["a b 3/16", "a e 3/16", "d c 3/16"],
            matrix.GetMostConfused(3).Select(pair => $"{pair.Label} {pair.Predicted} {pair.Count}/{pair.Support}"));
        Assert.HasCount(14, matrix.GetMostConfused(100));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix[0, 5]);
    }

    [TestMethod]
    public void LogLossAndTopK_AreThoseOfThePublishedExamplesOfScikitLearn()
    {
        var spam = ClassificationEvaluation.Create(
            [Image("spam", 0.1f, 0.9f), Image("ham", 0.9f, 0.1f), Image("ham", 0.8f, 0.2f), Image("spam", 0.35f, 0.65f)], ["ham", "spam"]);
        var topK = ClassificationEvaluation.Create(
            [Image("cat", 0.5f, 0.2f, 0.2f), Image("dog", 0.3f, 0.4f, 0.2f), Image("fox", 0.2f, 0.4f, 0.3f), Image("fox", 0.7f, 0.2f, 0.1f)], Classes);

        Assert.AreEqual(0.21616, spam.LogLoss, 5e-6);
        Assert.AreEqual(0.75, topK.GetTopKAccuracy(2));
    }

    [TestMethod]
    public void CalibrationError_IsTheMeanDistanceOfConfidenceAndAccuracy()
    {
        // Two bins: (0, 0.5] holds one image at 0.5, which is right; (0.5, 1] three at 0.6, 0.8 and 1, of which the last is right.
        var evaluation = ClassificationEvaluation.Create(
            [Image("cat", 0.5f, 0.3f, 0.2f), Image("cat", 0.2f, 0.6f, 0.2f), Image("cat", 0.1f, 0.1f, 0.8f), Image("cat", 1, 0, 0)],
            Classes,
            new() { BinCount = 2 });

        Assert.AreEqual((0.5 + (3 * (0.8 - (1.0 / 3)))) / 4, evaluation.CalibrationError, Rounded);
        Assert.AreSequenceEqual([1, 3], evaluation.ReliabilityBins.Select(bin => bin.Count));
        AssertNear([0.5, 0.8], evaluation.ReliabilityBins.Select(bin => bin.Confidence), Rounded);
        AssertNear([1, 1.0 / 3], evaluation.ReliabilityBins.Select(bin => bin.Accuracy));
        AssertNear([0.5, 1], evaluation.ReliabilityBins.Select(bin => bin.Upper));
    }

    [TestMethod]
    public void Create_WithScoresThatAreNoProbabilities_HasNoLogLossAndNoCalibration()
    {
        var evaluation = ClassificationEvaluation.Create([Image("cat", 7, -2, 0), Image("dog", 7, -2, 0)], Classes);

        Assert.AreEqual(0.5, evaluation.Accuracy);
        Assert.AreEqual(double.NaN, evaluation.LogLoss);
        Assert.AreEqual(double.NaN, evaluation.CalibrationError);
        Assert.IsEmpty(evaluation.ReliabilityBins);
    }

    [TestMethod]
    public void Create_WithoutImages_HasNoFigures()
    {
        var evaluation = ClassificationEvaluation.Create([], Classes);

        Assert.AreEqual(0, evaluation.Count);
        foreach (double figure in new[] { evaluation.Accuracy, evaluation.GetTopKAccuracy(1), evaluation.LogLoss, evaluation.MacroF1, evaluation.CalibrationError })
        {
            Assert.AreEqual(double.NaN, figure);
        }

        Assert.IsEmpty(evaluation.GetWorstMistakes());
        Assert.IsEmpty(evaluation.Confusion.GetMostConfused());
        Assert.AreEqual(0, evaluation.Classes[2].F1);
    }

    [TestMethod]
    public void Create_WithOneClass_FindsItAlways()
    {
        var evaluation = ClassificationEvaluation.Create([Image("cat", 1), Image("cat", 1)], ["cat"]);

        Assert.AreEqual(1, evaluation.Accuracy);
        Assert.AreEqual(1, evaluation.MacroF1);
        Assert.AreEqual(0, evaluation.CalibrationError);
    }

    [TestMethod]
    public void MacroF1_LeavesOutClassesThatNeitherOccurNorArePredicted()
    {
        // As f1_score(["cat", "cat"], ["cat", "dog"], average="macro"): cat 2/3, dog 0; no word of the fox.
        var evaluation = ClassificationEvaluation.Create([Image("cat", 0.8f, 0.1f, 0.1f), Image("cat", 0.1f, 0.8f, 0.1f)], Classes);

        Assert.AreEqual(1.0 / 3, evaluation.MacroF1, Exact);
    }

    [TestMethod]
    public void Create_WithTies_PredictsTheFirstClassOfThem()
    {
        var evaluation = ClassificationEvaluation.Create([Image("dog", 0.4f, 0.4f, 0.2f)], Classes);

        Assert.AreEqual("cat", evaluation.Images[0].Predicted.Label);
        Assert.AreEqual(2, evaluation.Images[0].LabelRank);
        Assert.AreEqual(0, evaluation.Accuracy);
        Assert.AreEqual(1, evaluation.GetTopKAccuracy(2));
    }

    [TestMethod]
    public void Create_LeavesOutMissingScoresAndUnknownLabels_AndNamesThem()
    {
        var evaluation = ClassificationEvaluation.Create(
            [Image("cat", 1, 0, 0), new("x.jpg", "wolf", new float[] { 1, 0, 0 }), new("y.jpg", "cat", new[] { 1, float.NaN, 0 })], Classes);

        Assert.AreEqual(1, evaluation.Count);
        Assert.AreEqual(1, evaluation.Accuracy);
        Assert.AreSequenceEqual([SkippedReason.UnknownLabel, SkippedReason.MissingScores], evaluation.Skipped.Select(image => image.Reason));
        Assert.AreEqual("'x.jpg' has the label 'wolf', which is none of the 3 classes (cat, dog, fox).", evaluation.Skipped[0].Message);
        Assert.AreEqual("'y.jpg' has a score that is NaN; expected a number for each class.", evaluation.Skipped[1].Message);
    }

    [TestMethod]
    public void Create_WithThresholds_CountsRejectedImagesInTheirColumn()
    {
        ScoredImage[] images = [Image("cat", 0.9f, 0.1f, 0), Image("cat", 0.5f, 0.4f, 0.1f), Image("dog", 0.2f, 0.7f, 0.1f), Image("dog", 0.6f, 0.4f, 0)];

        var evaluation = ClassificationEvaluation.Create(images, Classes, new() { ClassThresholds = [0.55f, 0.8f, 0] });

        Assert.AreEqual(0.25, evaluation.Accuracy);
        Assert.AreEqual(2, evaluation.RejectedCount);
        Assert.AreSequenceEqual([1, 1, 0], Enumerable.Range(0, 3).Select(evaluation.Confusion.GetRejectedCount));
        Assert.AreSequenceEqual([2, 2, 0], evaluation.Classes.Select(metrics => metrics.Support));
        Assert.AreEqual(0.5, evaluation.Classes[0].Precision);
        Assert.AreEqual(0, evaluation.Classes[1].Recall);
        Assert.AreEqual(0.75, evaluation.GetTopKAccuracy(1), "thresholds have no part in top-k");
        Assert.AreSequenceEqual(["dog"], evaluation.GetWorstMistakes().Select(image => image.Label));
    }

    [TestMethod]
    public void GetWorstMistakes_ListsTheMostConfidentFirst()
    {
        var evaluation = ClassificationEvaluation.Create(
            [Image("cat", 0.2f, 0.6f, 0.2f), Image("fox", 0, 1, 0), Image("dog", 0, 1, 0), Image("cat", 0.1f, 0.1f, 0.8f)], Classes);

        Assert.AreSequenceEqual([1f, 0.8f, 0.6f], evaluation.GetWorstMistakes().Select(image => image.Predicted.Score));
        Assert.HasCount(1, evaluation.GetWorstMistakes(1));
    }

    [TestMethod]
    public void ChooseThresholds_AreTheLowestWithThePrecision()
    {
        // Predicted as cat with 0.9 right, 0.8 right, 0.7 wrong, 0.6 right: from 0.6 on 3 of 4 are right.
        ScoredImage[] images = [Image("cat", 0.9f, 0.1f, 0), Image("cat", 0.8f, 0.2f, 0), Image("dog", 0.7f, 0.3f, 0), Image("cat", 0.6f, 0.4f, 0), Image("cat", 0.4f, 0.6f, 0)];
        var evaluation = ClassificationEvaluation.Create(images, Classes);

        Assert.AreEqual(0.75f, evaluation.ChooseThresholds(1)[0], 1e-6f);
        Assert.AreEqual(0.6f, evaluation.ChooseThresholds(0.75)[0]);
        IReadOnlyList<float> thresholds = evaluation.ChooseThresholds(0.9);
        Assert.IsGreaterThan(0.6f, thresholds[1], "no prediction of a dog is right");
        Assert.AreEqual(0, thresholds[2]);
        var rejecting = ClassificationEvaluation.Create(images, Classes, new() { ClassThresholds = thresholds });
        Assert.AreEqual(1, rejecting.Classes[0].Precision);
        Assert.AreEqual(3, rejecting.RejectedCount);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => evaluation.ChooseThresholds(double.NaN));
    }

    [TestMethod]
    public void Create_WithWrongArguments_SaysWhatIsWrong()
    {
        Assert.AreEqual(
            "The options are not valid: BinCount is 0; expected 1 to 1000. ClassThresholds is of 1 numbers; expected one for each of the 3 classes. " +
            "ClassThresholds is not finite; expected finite numbers. (Parameter 'options')",
            Assert.ThrowsExactly<ArgumentException>(() => ClassificationEvaluation.Create([], Classes, new() { BinCount = 0, ClassThresholds = [float.NaN] })).Message);
        Assert.StartsWith(
            "'cat' has 2 scores; expected one for each of the 3 classes.",
            Assert.ThrowsExactly<ArgumentException>(() => ClassificationEvaluation.Create([Image("cat", 1, 0)], Classes)).Message);
        Assert.StartsWith("Two classes are named 'cat'", Assert.ThrowsExactly<ArgumentException>(() => ClassificationEvaluation.Create([], ["cat", "cat"])).Message);
        Assert.StartsWith("There is no class", Assert.ThrowsExactly<ArgumentException>(() => ClassificationEvaluation.Create([], [])).Message);
    }

    private static ScoredImage Image(string label, params float[] scores) => new(label, label, scores);

    private static void AssertNear(double[] expected, IEnumerable<double> actual, double tolerance = Exact)
    {
        foreach ((double value, double other) in expected.Zip(actual, (value, other) => (value, other)))
        {
            Assert.AreEqual(value, other, tolerance);
        }
    }
}

using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Evaluation;

/// <summary>The figures of a classifier on image files.</summary>
[TestClass]
public sealed class ImageClassifierEvaluationTests
{
    private static readonly MLContext Context = new(1);
    private static readonly Lazy<MobileNetV2PredictionTransformer> Model = new(() => TrainedModels.TrainMulticlass(Context));

    public required TestContext TestContext { get; init; }

    [ClassCleanup]
    public static void DisposeModel() => Model.Value.Dispose();

    [TestMethod]
    public void Evaluate_IsWhatTheScoresGive_AndListsWhatCannotBeEvaluated()
    {
        using TemporaryFolder folder = new();
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value, new() { UnknownThreshold = 0.5f });
        List<(string Path, string Label)> images = [.. Enumerable.Range(0, 9).Select(index => (Write(folder, index), TrainedModels.LabelOf(index)))];
        images.Insert(4, (folder.PathOf("missing.jpg"), "few"));
        images.Insert(2, (images[0].Path, "none"));
        List<int> progress = [];

        ClassificationEvaluation evaluation = classifier.Evaluate(images, progress: new ProgressList(progress), cancellationToken: TestContext.CancellationToken);

        Assert.AreEqual(9, evaluation.Count);
        Assert.AreSequenceEqual(images.Where(image => image.Label != "none" && File.Exists(image.Path)).Select(image => image.Path), evaluation.Images.Select(image => image.Id));
        foreach (EvaluatedImage image in evaluation.Images)
        {
            ImagePrediction prediction = classifier.Predict(image.Id);
            Assert.AreEqual(prediction.Best, image.Predicted);
            Assert.AreEqual(prediction.IsUnknown, image.IsRejected);
        }

        Assert.AreSequenceEqual([SkippedReason.UnknownLabel, SkippedReason.Unreadable], evaluation.Skipped.Select(image => image.Reason).Order().Reverse());
        Assert.Contains("missing.jpg", evaluation.Skipped.Single(image => image.Reason == SkippedReason.Unreadable).Message);
        Assert.AreSequenceEqual(Enumerable.Range(1, images.Count), progress);
        Assert.IsGreaterThan(0.8, evaluation.Accuracy, "of a model on the images that it was trained on");
    }

    [TestMethod]
    public void Evaluate_Canceled_Ends()
    {
        using TemporaryFolder folder = new();
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value);
        using CancellationTokenSource source = new();
        string path = Write(folder, 0);
        (string, string)[] images = [.. Enumerable.Range(0, 1000).Select(_ => (path, "few"))];

        Assert.ThrowsExactly<OperationCanceledException>(
            () => classifier.Evaluate(images, progress: new CancelingProgress(source), cancellationToken: source.Token));
    }

    [TestMethod]
    public void EvaluateLabels_IsWhatTheScoresGive()
    {
        using TemporaryFolder folder = new();
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value);
        (string Path, IReadOnlyCollection<string> Labels)[] images =
            [.. Enumerable.Range(0, 6).Select(index => (Write(folder, index), (IReadOnlyCollection<string>)[TrainedModels.LabelOf(index)])), (folder.PathOf("no.jpg"), [])];

        MultiLabelEvaluation evaluation = classifier.EvaluateLabels(images, cancellationToken: TestContext.CancellationToken);

        ScoredLabels[] scored = [.. images[..6].Select(image => new ScoredLabels(image.Path, image.Labels, ScoresOf(classifier, image.Path)))];
        var expected = MultiLabelEvaluation.Create(scored, classifier.Classes);
        Assert.AreEqual(6, evaluation.Count);
        Assert.AreEqual(expected.MeanAveragePrecision, evaluation.MeanAveragePrecision);
        Assert.AreEqual(expected.MicroF1, evaluation.MicroF1);
        Assert.AreEqual(SkippedReason.Unreadable, evaluation.Skipped.Single().Reason);
    }

    private static float[] ScoresOf(ImageClassifier classifier, string path)
    {
        ImagePrediction prediction = classifier.Predict(path, classifier.Classes.Count);
        return [.. classifier.Classes.Select(name => prediction.Scores.Single(score => score.Label == name).Score)];
    }

    private static string Write(TemporaryFolder folder, int index)
    {
        string path = folder.PathOf($"{index}.png");
        File.WriteAllBytes(path, TrainedModels.Draw(index));
        return path;
    }

    private sealed class ProgressList(List<int> reports) : IProgress<int>
    {
        public void Report(int value) => reports.Add(value);
    }

    private sealed class CancelingProgress(CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value) => source.Cancel();
    }
}

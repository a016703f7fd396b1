using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Classification;

/// <summary>The direct door: images in, classes out, from a model in memory.</summary>
[TestClass]
public sealed class ImageClassifierTests
{
    private static readonly MLContext Context = new(1);
    private static readonly Lazy<MobileNetV2PredictionTransformer> Model = new(() => TrainedModels.TrainMulticlass(Context));

    public required TestContext TestContext { get; init; }

    [ClassCleanup]
    public static void DisposeModel() => Model.Value.Dispose();

    [TestMethod]
    public void Predict_GivesTheScoresOfTheModel_TheHighestFirst()
    {
        IDataView rows = TrainedModels.CreateRows(Context, 6);
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value);
        float[][] expected = [.. Model.Value.Transform(rows).GetColumn<float[]>("Score")];

        for (int index = 0; index < expected.Length; index++)
        {
            var actual = classifier.Predict(TrainedModels.Source(index));

            Assert.AreSequenceEqual(expected[index].OrderDescending(), actual.Scores.Select(score => score.Score));
            Assert.AreEqual(TrainedModels.LabelOf(index), actual.Best.Label);
            foreach (ClassScore score in actual.Scores)
            {
                Assert.AreEqual(expected[index][classifier.Classes.ToList().IndexOf(score.Label)], score.Score);
            }
        }
    }

    [TestMethod]
    public void Predict_TakesEveryFormOfAnImage()
    {
        using TemporaryFolder folder = new();
        byte[] encoded = TrainedModels.Draw(1);
        string path = folder.Write("image.png", encoded);
        using MemoryStream stream = new(encoded);
        using MLImage image = MLImage.CreateFromStream(new MemoryStream(encoded));
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value);

        string[] answers = [.. new[] { classifier.Predict(path), classifier.Predict(ImageSource.FromBytes(encoded)), classifier.Predict(ImageSource.FromStream(stream)), classifier.Predict(ImageSource.FromImage(image)) }.Select(each => each.ToString())];

        Assert.HasCount(1, answers.Distinct(), string.Join("; ", answers));
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(100, 3, DisplayName = "more than there are classes")]
    public void Predict_GivesAsManyClassesAsWanted(int topK, int expected)
    {
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value);

        Assert.HasCount(expected, classifier.Predict(TrainedModels.Source(0), topK).Scores);
    }

    [TestMethod]
    public void Predict_BelowTheThreshold_IsUnknown()
    {
        using ImageClassifier strict = Context.Model.CreateImageClassifier(Model.Value, new ImageClassifierOptions { UnknownThreshold = 1.1f });
        using ImageClassifier lenient = Context.Model.CreateImageClassifier(Model.Value);

        Assert.IsTrue(strict.Predict(TrainedModels.Source(0)).IsUnknown);
        Assert.StartsWith("unknown, perhaps few (", strict.Predict(TrainedModels.Source(0)).ToString());
        Assert.IsFalse(lenient.Predict(TrainedModels.Source(0)).IsUnknown);
    }

    [TestMethod]
    public void Predict_OfManyImages_KeepsTheirOrderAndGoesOnAfterABadOne()
    {
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value, new ImageClassifierOptions { MaxDegreeOfParallelism = 3 });
        ImageSource[] images = [.. Enumerable.Range(0, 20).Select(index => index == 7 ? ImageSource.FromBytes(new byte[] { 1, 2, 3 }) : TrainedModels.Source(index))];

        BatchResult<ImagePrediction>[] results = [.. classifier.Predict(images, topK: 1, TestContext.CancellationToken)];

        Assert.AreSequenceEqual(Enumerable.Range(0, 20).Select(index => (long)index), results.Select(result => result.Index));
        Assert.IsInstanceOfType<ImageDecodingException>(results[7].Error);
        Assert.Contains("Image 7 has no result", Assert.ThrowsExactly<InvalidOperationException>(() => results[7].Value).Message);
        foreach (BatchResult<ImagePrediction> result in results.Where(result => result.Error is null))
        {
            Assert.AreEqual(classifier.Predict(images[result.Index]).Best, result.Value.Best);
        }
    }

    [TestMethod]
    public async Task PredictAsync_FromManyCallers_GivesEachItsOwnAsync()
    {
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value, new ImageClassifierOptions { MaxDegreeOfParallelism = 2 });
        ImageSource[] images = [.. Enumerable.Range(0, 9).Select(TrainedModels.Source)];
        ClassScore[] expected = [.. images.Select(image => classifier.Predict(image).Best)];

        var tasks = Enumerable.Range(0, 45).Select(index => classifier.PredictAsync(images[index % 9], cancellationToken: TestContext.CancellationToken)).ToArray();
        var actual = await Task.WhenAll(tasks);

        Assert.AreSequenceEqual(Enumerable.Range(0, 45).Select(index => expected[index % 9]), actual.Select(each => each.Best));
    }

    [TestMethod]
    public async Task PredictAsync_OfASequence_KeepsItsOrderAsync()
    {
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value);
        List<string> labels = [];

        await foreach (BatchResult<ImagePrediction> result in classifier.PredictAsync(ArriveAsync(6), topK: 1, TestContext.CancellationToken))
        {
            labels.Add(result.Value.Best.Label);
        }

        Assert.AreSequenceEqual(Enumerable.Range(0, 6).Select(TrainedModels.LabelOf), labels);
    }

    [TestMethod]
    public async Task PredictAsync_OfABadOrCanceledImage_ThrowsWhatIsWrongAsync()
    {
        using ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value);
        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();

        await Assert.ThrowsExactlyAsync<ImageDecodingException>(() => classifier.PredictAsync(ImageSource.FromBytes(new byte[] { 1, 2, 3 }), cancellationToken: TestContext.CancellationToken));
        await Assert.ThrowsAsync<OperationCanceledException>(() => classifier.PredictAsync(TrainedModels.Source(0), cancellationToken: canceled.Token));
    }

    [TestMethod]
    public void CreateImageClassifier_OfAnotherModel_SaysWhatIsExpected()
    {
        IDataView rows = TrainedModels.CreateRows(Context, 6);
        using var featurizer = Context.Transforms.MobileNetV2("Features", "Image").Fit(rows);

        string message = Assert.ThrowsExactly<ArgumentException>(() => Context.Model.CreateImageClassifier(featurizer)).Message;

        Assert.Contains("MulticlassClassification.Trainers.MobileNetV2", message);
        Assert.Contains("mlContext.Model.Load", message);
        Assert.ThrowsExactly<ArgumentNullException>(() => Context.Model.CreateImageClassifier(null!));
    }

    [TestMethod]
    public void Options_OutOfRange_AreAllNamed()
    {
        ImageClassifierOptions options = new() { UnknownThreshold = float.NaN, MaxDegreeOfParallelism = 0 };

        string message = Assert.ThrowsExactly<ArgumentException>(() => Context.Model.CreateImageClassifier(Model.Value, options)).Message;

        Assert.Contains("UnknownThreshold is NaN", message);
        Assert.Contains("MaxDegreeOfParallelism is 0; expected 1 to 1024.", message);
    }

    [TestMethod]
    public void Predict_AfterDispose_Throws()
    {
        ImageClassifier classifier = Context.Model.CreateImageClassifier(Model.Value);
        classifier.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => classifier.Predict(TrainedModels.Source(0)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => classifier.Predict(TrainedModels.Source(0), topK: 0));
    }

    private static async IAsyncEnumerable<ImageSource> ArriveAsync(int count)
    {
        for (int index = 0; index < count; index++)
        {
            await Task.Yield();
            yield return TrainedModels.Source(index);
        }
    }
}

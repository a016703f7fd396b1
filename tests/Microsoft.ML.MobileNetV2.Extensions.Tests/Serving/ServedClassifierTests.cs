using Microsoft.Extensions.Options;
using Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Serving;

/// <summary>The first model, and calls with a model.</summary>
[TestClass]
public sealed class ServedClassifierTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task PredictAndPredictAsync_GiveWhatTheClassifierGives()
    {
        using ServedFile served = new();
        using ImageClassifier classifier = ImageClassifier.Load(SavedModels.First);
        IEnumerable<ClassScore> expected = classifier.Predict(SavedModels.Image(), topK: 2).Scores;

        ImagePrediction prediction = served.Classifier.Predict(SavedModels.Image(), topK: 2);
        ImagePrediction later = await served.Classifier.PredictAsync(SavedModels.Image(), topK: 2, TestContext.CancellationToken);

        Assert.AreSequenceEqual(expected, prediction.Scores);
        Assert.AreSequenceEqual(expected, later.Scores);
    }

    [TestMethod]
    public void Predict_WithoutAStart_LoadsTheModelAndWatchesIt()
    {
        using ServedFile served = new(start: false);
        Assert.IsNull(served.Classifier.Current);

        served.Classifier.Predict(SavedModels.Image());

        Assert.AreEqual(1, served.Generation);
        Assert.IsTrue(served.Watches.IsWatching);
    }

    [TestMethod]
    public void Start_ASecondTime_KeepsTheModel()
    {
        using ServedFile served = new();

        served.Classifier.Start();

        Assert.AreEqual(1, served.Generation);
    }

    [TestMethod]
    public void Start_MissingFile_NamesTheSectionAndTheFile_AndIsTriedAgain()
    {
        using ServedFile served = new(start: false);
        File.Delete(served.FilePath);

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(served.Classifier.Start);
        served.Put(SavedModels.First);
        served.Classifier.Start();

        Assert.StartsWith($"Image classifier 'parts', section 'Classifiers:Parts': '{served.FilePath}' cannot be loaded: ", error.Message);
        Assert.IsInstanceOfType<FileNotFoundException>(error.InnerException);
        Assert.AreEqual(1, served.Generation);
    }

    [TestMethod]
    public void Start_FileThatCannotBeWatched_SaysWhatToSet()
    {
        using ServedFile served = new(start: false);
        served.Watches.BeforeStart = () => throw new IOException("No more watches.");

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(served.Classifier.Start);

        Assert.AreEqual(
            $"Image classifier 'parts', section 'Classifiers:Parts': '{served.FilePath}' cannot be watched: No more watches. " +
            "Set PollingInterval, or ReloadOnChange to false.",
            error.Message);
    }

    [TestMethod]
    public void Start_OptionsOfTheModelOutOfRange_NamesTheSectionAndTheValues()
    {
        using ServedFile served = new(start: false, options => (options.MaxPixelCount, options.MaxDegreeOfParallelism) = (0, 2000));

        OptionsValidationException error = Assert.ThrowsExactly<OptionsValidationException>(served.Classifier.Start);

        Assert.StartsWith("Image classifier 'parts', section 'Classifiers:Parts': The options are not valid: ", error.Message);
        Assert.Contains("MaxPixelCount is 0; expected at least 1.", error.Message);
        Assert.Contains("MaxDegreeOfParallelism is 2000; expected 1 to 1024.", error.Message);
    }

    [TestMethod]
    public void MaxPixelCount_IsALimitForImages()
    {
        using ServedFile served = new(configure: options => options.MaxPixelCount = 10);

        ImageDecodingException error = Assert.ThrowsExactly<ImageDecodingException>(() => served.Classifier.Predict(SavedModels.Image()));

        Assert.Contains("10", error.Message);
    }

    [TestMethod]
    public void UseImageNet_NeedsNoFileAndWatchesNone()
    {
        using ServedFile served = new(configure: options => (options.Path, options.UseImageNet, options.MaxPixelCount) = (null, true, 10));

        using ImageClassifierLease lease = served.Classifier.Lease();
        Assert.Contains("analog clock", lease.Classifier.Classes);
        Assert.ThrowsExactly<ImageDecodingException>(() => lease.Classifier.Predict(SavedModels.Image()));
        Assert.IsFalse(served.Watches.IsWatching);
    }

    [TestMethod]
    public void ReloadOnChangeIsOff_WatchesNothing()
    {
        using ServedFile served = new(configure: options => options.ReloadOnChange = false);

        Assert.IsFalse(served.Watches.IsWatching);
    }

    [TestMethod]
    public async Task Dispose_EndsTheWatchAndFurtherCalls_WhatIsRunningFinishes()
    {
        ServedFile served = new();
        using GatedStream stream = new(SavedModels.ImageBytes());
        Task<ImagePrediction> running = served.Classifier.PredictAsync(ImageSource.FromStream(stream), cancellationToken: TestContext.CancellationToken);
        await stream.Reading;

        served.Dispose();
        stream.Open();

        Assert.IsFalse(served.Watches.IsWatching);
        Assert.Contains((await running).Best.Label, SavedModels.ClassesOfFirst);
        Assert.ThrowsExactly<ObjectDisposedException>(() => served.Classifier.Predict(SavedModels.Image()));
        Assert.ThrowsExactly<ObjectDisposedException>(() => served.Classifier.Lease());
        served.Classifier.Dispose();
    }

    [TestMethod]
    public void Predict_Null_IsRefused()
    {
        using ServedFile served = new();

        Assert.ThrowsExactly<ArgumentNullException>(() => served.Classifier.Predict(null!));
    }
}

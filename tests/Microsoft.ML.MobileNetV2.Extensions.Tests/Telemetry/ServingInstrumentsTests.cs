using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Telemetry;

/// <summary>What is measured and traced.</summary>
[TestClass]
public sealed class ServingInstrumentsTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Instruments_HaveTheNamesAndUnitsOfTheDocumentation()
    {
        using ServedFile served = new();

        Assert.AreSequenceEqual(
            [
                "image_classifier.model.generation {generation}",
                "image_classifier.model.loads {load}",
                "image_classifier.prediction.duration s",
                "image_classifier.predictions {prediction}",
            ],
            served.Meters.Instruments.Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public async Task Predictions_AreCountedByOutcome()
    {
        using ServedFile served = new();
        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();

        served.Classifier.Predict(SavedModels.Image());
        await served.Classifier.PredictAsync(SavedModels.Image(), cancellationToken: TestContext.CancellationToken);
        Assert.ThrowsExactly<ImageDecodingException>(() => served.Classifier.Predict(ImageSource.FromBytes("no image"u8.ToArray())));
        await Assert.ThrowsAsync<OperationCanceledException>(() => served.Classifier.PredictAsync(SavedModels.Image(), cancellationToken: canceled.Token));
        Assert.ThrowsExactly<FileNotFoundException>(() => served.Classifier.Predict(ImageSource.FromFile(served.FilePath + ".png")));

        const string Counter = "image_classifier.predictions image_classifier.name=parts image_classifier.outcome=";
        Assert.AreSequenceEqual(
            [
                $"{Counter}success 1",
                $"{Counter}success 1",
                $"{Counter}unreadable_image error.type=Microsoft.ML.MobileNetV2.ImageDecodingException 1",
                $"{Counter}canceled error.type=System.OperationCanceledException 1",
                $"{Counter}failure error.type=System.IO.FileNotFoundException 1",
            ],
            served.Meters.LinesOf("image_classifier.predictions"));
    }

    [TestMethod]
    public async Task Duration_IsInSeconds()
    {
        using ServedFile served = new();
        using GatedStream stream = new(SavedModels.ImageBytes());
        Task<ImagePrediction> running = served.Classifier.PredictAsync(ImageSource.FromStream(stream), cancellationToken: TestContext.CancellationToken);
        await stream.Reading;

        served.Time.Advance(TimeSpan.FromMilliseconds(1500));
        stream.Open();
        await running;

        Assert.AreSequenceEqual(
            ["image_classifier.prediction.duration image_classifier.name=parts image_classifier.outcome=success 1.5"],
            served.Meters.LinesOf("image_classifier.prediction.duration"));
    }

    [TestMethod]
    public void Loads_AreCountedWithTheGeneration()
    {
        using ServedFile served = new();
        served.Put(SavedModels.Second);
        served.ReportAndWait();
        served.Put("This is no model."u8);
        served.ReportAndWait();
        served.WaitForLastAttempt();

        Assert.AreSequenceEqual(
            ["image_classifier.model.generation image_classifier.name=parts 1", "image_classifier.model.generation image_classifier.name=parts 2"],
            served.Meters.LinesOf("image_classifier.model.generation"));
        Assert.AreSequenceEqual(
            [
                "image_classifier.model.loads image_classifier.name=parts image_classifier.outcome=success 1",
                "image_classifier.model.loads image_classifier.name=parts image_classifier.outcome=success 1",
                "image_classifier.model.loads image_classifier.name=parts image_classifier.outcome=failure error.type=System.IO.InvalidDataException 1",
            ],
            served.Meters.LinesOf("image_classifier.model.loads"));
    }

    [TestMethod]
    public void Predictions_AreTraced()
    {
        List<Activity> stopped = [];
        using ActivitySource requests = new($"requests {Guid.NewGuid():n}");
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Microsoft.ML.MobileNetV2" || source == requests,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using ServedFile served = new();
        using Activity request = requests.StartActivity("request")!;
        listener.ActivityStopped = activity =>
        {
            // Other tests run at the same time.
            if (activity.TraceId == request.TraceId)
            {
                stopped.Add(activity);
            }
        };

        served.Classifier.Predict(SavedModels.Image());
        Assert.ThrowsExactly<ImageDecodingException>(() => served.Classifier.Predict(ImageSource.FromBytes("no image"u8.ToArray())));

        Assert.HasCount(2, stopped);
        Assert.AreEqual(("classify parts", ActivityStatusCode.Unset), (stopped[0].OperationName, stopped[0].Status));
        Assert.AreEqual("parts", stopped[0].GetTagItem("image_classifier.name"));
        Assert.AreEqual(1, stopped[0].GetTagItem("image_classifier.model.generation"));
        Assert.AreEqual("success", stopped[0].GetTagItem("image_classifier.outcome"));
        Assert.AreEqual(ActivityStatusCode.Error, stopped[1].Status);
        Assert.AreEqual(typeof(ImageDecodingException).FullName, stopped[1].GetTagItem("error.type"));
    }
}

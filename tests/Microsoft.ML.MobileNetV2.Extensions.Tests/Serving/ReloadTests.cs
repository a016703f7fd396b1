using Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Serving;

/// <summary>A model that is replaced while it is used.</summary>
[TestClass]
public sealed class ReloadTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void ReplacedFile_IsServedAfterTheDelay()
    {
        using ServedFile served = new();
        served.Put(SavedModels.Second);

        served.Watches.Report();
        int before = served.Generation;
        served.Time.Advance(served.Options.ReloadDelay);

        Assert.AreEqual(1, before);
        Assert.AreEqual(2, served.Generation);
        Assert.Contains(served.Classifier.Predict(SavedModels.Image()).Best.Label, SavedModels.ClassesOfSecond);
        Assert.AreEqual(
            $"Information Image classifier 'parts': loaded generation 2 from '{served.FilePath}', {SavedModels.ClassesOfSecond.Length} classes", served.Log.Lines[^1]);
    }

    [TestMethod]
    public void FurtherChanges_BeginTheDelayAnew()
    {
        using ServedFile served = new(configure: options => options.ReloadDelay = TimeSpan.FromSeconds(10));
        served.Put(SavedModels.Second);

        for (int i = 0; i < 5; i++)
        {
            served.Watches.Report();
            served.Time.Advance(TimeSpan.FromSeconds(9));
        }

        Assert.AreEqual(1, served.Generation);
        served.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(2, served.Generation);
    }

    [TestMethod]
    public void SlowCopy_ThatPausesBetweenTwoWrites_IsServedOnceItIsComplete()
    {
        using ServedFile served = new();
        byte[] content = File.ReadAllBytes(SavedModels.Second);
        served.Put(content.AsSpan(0, content.Length / 2));
        served.ReportAndWait();
        served.Put(content);

        served.Time.Advance(2 * served.Options.ReloadDelay);

        Assert.AreEqual(2, served.Generation);
        Assert.IsNull(served.Classifier.ReloadError);
        Assert.Contains(line => line.StartsWith("Debug ", StringComparison.Ordinal) && line.EndsWith("attempt 1 of 6", StringComparison.Ordinal), served.Log.Lines);
        Assert.DoesNotContain(line => line.StartsWith("Error ", StringComparison.Ordinal), served.Log.Lines);
    }

    [TestMethod]
    public void BadFile_AfterTheLastAttempt_KeepsTheModelAndSaysSo_UntilAGoodOneComes()
    {
        using ServedFile served = new();
        served.Put("This is no model."u8);

        served.ReportAndWait();
        Exception? afterTheFirst = served.Classifier.ReloadError;
        served.WaitForLastAttempt();

        Assert.IsNull(afterTheFirst);
        Assert.IsInstanceOfType<InvalidDataException>(served.Classifier.ReloadError);
        Assert.AreEqual(
            $"Error Image classifier 'parts': '{served.FilePath}' has changed and cannot be loaded; generation 1 stays in use", served.Log.Lines[^1]);
        Assert.Contains(served.Classifier.Predict(SavedModels.Image()).Best.Label, SavedModels.ClassesOfFirst);

        served.Put(SavedModels.Second);
        served.ReportAndWait();

        Assert.IsNull(served.Classifier.ReloadError);
        Assert.AreEqual(2, served.Generation);
    }

    [TestMethod]
    public void DeletedFile_KeepsTheModel()
    {
        using ServedFile served = new();
        File.Delete(served.FilePath);

        served.ReportAndWait();
        served.WaitForLastAttempt();

        Assert.IsInstanceOfType<FileNotFoundException>(served.Classifier.ReloadError);
        served.Classifier.Predict(SavedModels.Image());
    }

    [TestMethod]
    public void ChangeBetweenTwoAttempts_BeginsToCountAnew()
    {
        using ServedFile served = new();
        served.Put("This is no model."u8);
        served.ReportAndWait();

        served.ReportAndWait();

        Assert.HasCount(2, served.Log.Lines.Where(line => line.EndsWith("attempt 1 of 6", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void FileReplacedBeforeTheWatchBegins_IsNotMissed()
    {
        using ServedFile served = new(start: false);
        served.Watches.BeforeStart = () => served.Put(SavedModels.Second);

        served.Classifier.Start();
        served.Time.Advance(served.Options.ReloadDelay);

        Assert.AreEqual(2, served.Generation);
    }

    [TestMethod]
    public async Task CallThatIsRunning_FinishesWithTheModelItBeganWith()
    {
        using ServedFile served = new();
        using GatedStream stream = new(SavedModels.ImageBytes());
        Task<ImagePrediction> running = served.Classifier.PredictAsync(ImageSource.FromStream(stream), cancellationToken: TestContext.CancellationToken);
        await stream.Reading;

        served.Put(SavedModels.Second);
        served.ReportAndWait();
        stream.Open();

        Assert.AreEqual(2, served.Generation);
        Assert.Contains((await running).Best.Label, SavedModels.ClassesOfFirst);
    }

    [TestMethod]
    public void Lease_KeepsItsModel_WhichIsDisposedAfterIt()
    {
        using ServedFile served = new();
        ImageClassifierLease lease = served.Classifier.Lease();
        ImageClassifier first = lease.Classifier;

        served.Put(SavedModels.Second);
        served.ReportAndWait();

        Assert.AreEqual(1, lease.Generation);
        Assert.Contains(first.Predict(SavedModels.Image()).Best.Label, SavedModels.ClassesOfFirst);
        lease.Dispose();
        lease.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => lease.Classifier);
        Assert.ThrowsExactly<ObjectDisposedException>(() => first.Predict(SavedModels.Image()));
        using ImageClassifierLease next = served.Classifier.Lease();
        Assert.AreEqual(2, next.Generation);
        next.Classifier.Predict(SavedModels.Image());
    }

    [TestMethod]
    public void ModelInUseByNobody_IsDisposedWhenItIsReplaced()
    {
        using ServedFile served = new();
        ImageClassifier first = served.Classifier.Current!.Classifier;

        served.Put(SavedModels.Second);
        served.ReportAndWait();

        Assert.ThrowsExactly<ObjectDisposedException>(() => first.Predict(SavedModels.Image()));
    }

    [TestMethod]
    public async Task ManyCallsWhileTheModelIsReplaced_AllSucceed()
    {
        const int Replacements = 20;
        using ServedFile served = new();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        Task[] callers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                do
                {
                    await served.Classifier.PredictAsync(SavedModels.Image(), cancellationToken: TestContext.CancellationToken);
                }
                while (!end.IsCancellationRequested);
            },
            TestContext.CancellationToken))];

        for (int i = 0; i < Replacements; i++)
        {
            served.Put(i % 2 == 0 ? SavedModels.Second : SavedModels.First);
            served.ReportAndWait();
        }

        await end.CancelAsync();
        await Task.WhenAll(callers);
        Assert.AreEqual(1 + Replacements, served.Generation);
    }

    [TestMethod]
    public void PollingInterval_IsHandedToTheWatch()
    {
        using ServedFile served = new(configure: options => options.PollingInterval = TimeSpan.FromSeconds(30));

        Assert.AreEqual(TimeSpan.FromSeconds(30), served.Watches.PollingInterval);
    }
}

using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining;

[TestClass]
public sealed class HeadTrainerStoppingTests
{
    // Labels that have nothing to do with the features: only the training loss can fall.
    private static readonly HeadDataset Noise = new(
        SyntheticFeatures.Rows([.. Enumerable.Repeat(0, 60)], 1), SyntheticFeatures.FeatureCount, SyntheticFeatures.Classes(60, 3).Targets);

    private static readonly HeadDataset OtherNoise = new(
        SyntheticFeatures.Rows([.. Enumerable.Repeat(0, 60)], 1, seed: 2), SyntheticFeatures.FeatureCount, SyntheticFeatures.Classes(60, 3).Targets);

    [TestMethod]
    public void Fit_NoProgressOnValidation_StopsAfterPatienceAndReturnsTheBestEpoch()
    {
        HeadTrainerOptions options = new() { Epochs = 500, EarlyStopping = new() { Patience = 4 }, Schedule = LearningRateSchedule.Constant };

        HeadTrainingResult result = HeadRuns.Fit(options, Noise, OtherNoise);

        IReadOnlyList<EpochResult> epochs = result.History.Epochs;
        int best = epochs.MinBy(epoch => epoch.Validation!.Loss)!.Epoch;
        Assert.AreEqual(TrainingStopReason.EarlyStopping, result.History.StopReason);
        Assert.AreEqual(best, result.History.BestEpoch);
        Assert.HasCount(best + 4, epochs);
        Assert.AreSequenceEqual(WeightsAfter(best, options), HeadRuns.WeightsOf(result.Head));
    }

    [TestMethod]
    public void Fit_ProgressBelowMinDelta_DoesNotCount()
    {
        HeadDataset data = SyntheticFeatures.Classes(60, 3);
        HeadTrainerOptions options = new() { Epochs = 50, EarlyStopping = new() { Patience = 3, MinDelta = 1000 } };

        HeadTrainingResult result = HeadRuns.Fit(options, data, data);

        Assert.HasCount(4, result.History.Epochs);
        Assert.AreEqual(4, result.History.BestEpoch, "the best weights are kept all the same");
    }

    [TestMethod]
    public void Fit_AccuracyTied_TakesTheSmallerLoss()
    {
        HeadDataset data = SyntheticFeatures.Classes(60, 3);
        HeadTrainerOptions options = new() { Epochs = 30, EarlyStopping = new() { Metric = TrainingMetric.Accuracy, Patience = 100 } };

        HeadTrainingResult result = HeadRuns.Fit(options, data, data);

        Assert.AreEqual(1, result.History.Epochs[5].Validation!.Accuracy);
        Assert.AreEqual(30, result.History.BestEpoch);
    }

    [TestMethod]
    public void Fit_NoEarlyStopping_RunsAllEpochsAndReturnsTheBest()
    {
        HeadTrainerOptions options = new() { Epochs = 40, EarlyStopping = null };

        TrainingHistory history = HeadRuns.Fit(options, Noise, OtherNoise).History;

        Assert.HasCount(40, history.Epochs);
        Assert.AreEqual(TrainingStopReason.Completed, history.StopReason);
        Assert.AreEqual(history.Epochs.MinBy(epoch => epoch.Validation!.Loss)!.Epoch, history.BestEpoch);
    }

    [TestMethod]
    public void Fit_NoValidation_ReturnsTheLastEpoch()
    {
        TrainingHistory history = HeadRuns.Fit(new HeadTrainerOptions { Epochs = 12 }, Noise).History;

        Assert.AreEqual(12, history.BestEpoch);
        Assert.IsNull(history.Epochs[^1].Validation);
    }

    [TestMethod]
    public void Fit_Canceled_Throws()
    {
        using CancellationTokenSource source = new();
        Watcher watcher = new(progress => CancelAfter(progress, 3, source));

        Assert.ThrowsExactly<OperationCanceledException>(
            () => new HeadTrainer().Fit(Noise, OtherNoise, null, watcher, source.Token));

        Assert.AreEqual(3, watcher.Seen[^1].Epoch);
    }

    [TestMethod]
    public void Fit_CanceledWithKeepBest_ReturnsTheBestSoFar()
    {
        using CancellationTokenSource source = new();
        Watcher watcher = new(progress => CancelAfter(progress, 3, source));
        HeadTrainerOptions options = new() { KeepBestWhenCanceled = true, Schedule = LearningRateSchedule.Constant };

        HeadTrainingResult result = new HeadTrainer(options).Fit(Noise, OtherNoise, null, watcher, source.Token);

        Assert.AreEqual(TrainingStopReason.Canceled, result.History.StopReason);
        Assert.HasCount(3, result.History.Epochs);
        Assert.AreSequenceEqual(WeightsAfter(result.History.BestEpoch, options), HeadRuns.WeightsOf(result.Head));
    }

    [TestMethod]
    public void Fit_CanceledBeforeItBegan_WithKeepBest_ReturnsTheStart()
    {
        HeadTrainerOptions options = new() { KeepBestWhenCanceled = true };

        HeadTrainingResult result = new HeadTrainer(options).Fit(Noise, cancellationToken: new CancellationToken(canceled: true));

        Assert.AreEqual(0, result.History.BestEpoch);
        Assert.IsTrue(Array.TrueForAll(HeadRuns.WeightsOf(result.Head), weight => weight == 0));
    }

    [TestMethod]
    public void Fit_Progress_CountsUpToTheEndWithAllItsNumbers()
    {
        Watcher watcher = new(_ => { });

        new HeadTrainer(new() { Epochs = 4, BatchSize = 25 }).Fit(Noise, OtherNoise, null, watcher, CancellationToken.None);

        TrainingProgress last = watcher.Seen[^1];
        Assert.AreSequenceEqual([3L, 6, 9, 12], [.. watcher.Seen.Where(seen => seen.Validation is not null).Select(seen => seen.Done)]);
        Assert.AreEqual((TrainingPhase.TrainingHead, 12L, 4), (last.Phase, last.Total, last.Epoch));
        Assert.AreEqual(TimeSpan.Zero, last.EstimatedTimeLeft);
        Assert.IsTrue(double.IsFinite(last.Training!.Loss + last.Training.Accuracy + last.Validation!.Loss + last.LearningRate));
    }

    private static void CancelAfter(TrainingProgress progress, int epoch, CancellationTokenSource source)
    {
        if (progress.Epoch == epoch && progress.Validation is not null)
        {
            source.Cancel();
        }
    }

    /// <summary>Returns the weights of a training that ends with an epoch; only right with a constant learning rate.</summary>
    private static float[] WeightsAfter(int epochs, HeadTrainerOptions options) => HeadRuns.WeightsOf(
        HeadRuns.Fit(new HeadTrainerOptions { Epochs = epochs, Optimizer = options.Optimizer, Schedule = options.Schedule }, Noise).Head);

    private sealed class Watcher(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        internal List<TrainingProgress> Seen { get; } = [];

        public void Report(TrainingProgress value)
        {
            Seen.Add(value);
            action(value);
        }
    }
}

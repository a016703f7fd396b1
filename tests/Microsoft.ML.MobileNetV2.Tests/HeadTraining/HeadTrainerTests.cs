using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining;

[TestClass]
public sealed class HeadTrainerTests
{
    [TestMethod]
    [DataRow(10, 2, DisplayName = "ten images in two classes")]
    [DataRow(7, 7, DisplayName = "one image a class")]
    [DataRow(2, 2, DisplayName = "two images")]
    [DataRow(300, 10, DisplayName = "three hundred in ten classes")]
    public void Fit_DefaultOptions_LearnsTheTrainingRows(int rowCount, int classCount)
    {
        HeadDataset data = SyntheticFeatures.Classes(rowCount, classCount);

        HeadTrainingResult result = HeadRuns.Fit(new HeadTrainerOptions(), data);

        Assert.AreEqual(1, HeadRuns.AccuracyOf(result.Head, data));
        Assert.IsLessThan(Math.Log(classCount) / 2, result.History.Epochs[^1].Training.Loss);
    }

    [TestMethod]
    public void Fit_ThousandClasses_LearnsThem()
    {
        HeadDataset data = SyntheticFeatures.Classes(3000, 1000, featureCount: 64);
        HeadDataset test = SyntheticFeatures.Classes(1000, 1000, seed: 2, featureCount: 64);

        DenseHead head = HeadRuns.Fit(new HeadTrainerOptions { Epochs = 8, BatchSize = 100, Optimizer = new AdamOptions { LearningRate = 0.03 } }, data).Head;

        Assert.AreEqual(1000, head.OutputCount);
        Assert.IsGreaterThan(0.9, HeadRuns.AccuracyOf(head, test));
    }

    [TestMethod]
    public void Fit_NewRows_AreClassifiedTheSameWithAndWithoutStandardizing()
    {
        HeadDataset data = SyntheticFeatures.Classes(200, 4);
        HeadDataset test = SyntheticFeatures.Classes(100, 4, seed: 2);

        foreach (bool isStandardized in new[] { true, false })
        {
            HeadTrainingResult result = HeadRuns.Fit(new HeadTrainerOptions { StandardizeFeatures = isStandardized, Epochs = 100, EarlyStopping = null }, data, test);

            Assert.AreEqual(1, HeadRuns.AccuracyOf(result.Head, test));
        }
    }

    [TestMethod]
    public void Fit_ValidationMetrics_AreThoseOfTheReturnedHead()
    {
        HeadDataset data = SyntheticFeatures.Classes(60, 4, noise: 2);
        HeadDataset validation = SyntheticFeatures.Classes(41, 4, seed: 2, noise: 2);

        HeadTrainingResult result = HeadRuns.Fit(new HeadTrainerOptions { LabelSmoothing = 0.1f, ClassWeights = [1, 2, 3, 4] }, data, validation);

        float[] scores = result.Head.Predict(validation.Features);
        double loss = -Enumerable.Range(0, 41).Average(row => Math.Log(scores[row * 4 + validation.Targets.Classes[row]]));
        TrainingMetrics best = result.History.Epochs[result.History.BestEpoch - 1].Validation!;
        Assert.AreEqual(loss, best.Loss, 1e-4);
        Assert.AreEqual(HeadRuns.AccuracyOf(result.Head, validation), best.Accuracy, 1e-9);
    }

    [TestMethod]
    public void Fit_ClassMissingFromValidation_Works()
    {
        HeadDataset data = SyntheticFeatures.Classes(60, 3);
        int[] classes = [0, 1, 0, 1];
        HeadDataset validation = new(
            SyntheticFeatures.Rows(classes, 3, seed: 2), SyntheticFeatures.FeatureCount, HeadTargets.FromClasses(classes, 3));

        HeadTrainingResult result = HeadRuns.Fit(
            new HeadTrainerOptions { EarlyStopping = new() { Metric = TrainingMetric.MacroF1 } }, data, validation);

        TrainingMetrics best = result.History.Epochs[result.History.BestEpoch - 1].Validation!;
        Assert.AreEqual(1, best.MacroF1);
        Assert.AreEqual(1, best.MacroAccuracy);
    }

    [TestMethod]
    public void Fit_LearningRateFarTooHigh_SaysSo()
    {
        HeadDataset data = SyntheticFeatures.Classes(60, 3);
        HeadTrainerOptions options = new()
        {
            Layers = [new() { Units = 16 }, new()],
            Optimizer = new SgdOptions { LearningRate = 1e38 },
            Schedule = LearningRateSchedule.Constant,
        };

        InvalidOperationException exception = Assert.ThrowsExactly<InvalidOperationException>(() => HeadRuns.Fit(options, data));

        Assert.MatchesRegex("^Epoch \\d+, step \\d+: .* The learning rate 1E\\+38 is too high; lower it", exception.Message);
    }

    [TestMethod]
    public void Fit_SameSeed_GivesTheSameBits_AndAnotherSeedDoesNot()
    {
        HeadDataset data = SyntheticFeatures.Classes(90, 3, noise: 1);
        HeadTrainerOptions options = new() { Epochs = 5, Layers = [new() { Units = 40, DropoutRate = 0.2f }, new()], MixUpAlpha = 0.2f };

        float[] first = HeadRuns.WeightsOf(HeadRuns.Fit(options, data).Head);
        float[] second = HeadRuns.WeightsOf(HeadRuns.Fit(options, data).Head);
        options.Seed = 2;
        float[] other = HeadRuns.WeightsOf(HeadRuns.Fit(options, data).Head);

        Assert.AreSequenceEqual(first, second);
        Assert.IsFalse(first.SequenceEqual(other));
    }

    [TestMethod]
    public void Fit_OneTrainerOnTwoThreads_GivesTheSameBits()
    {
        HeadDataset data = SyntheticFeatures.Classes(90, 3);
        HeadTrainer trainer = new(new() { Epochs = 3 });
        float[] expected = HeadRuns.WeightsOf(HeadRuns.Fit(trainer, data).Head);

        Parallel.For(0, 4, _ => Assert.AreSequenceEqual(expected, HeadRuns.WeightsOf(HeadRuns.Fit(trainer, data).Head)));
    }

    [TestMethod]
    public void Fit_WrongLabelsWithoutWeight_DoNotCount()
    {
        int[] classes = [.. Enumerable.Range(0, 60).Select(row => row % 3)];
        int[] labels = [.. classes.Select((label, row) => row < 30 ? label : 2 - label)];
        float[] weights = [.. Enumerable.Range(0, 60).Select(row => row < 30 ? 1f : 0)];
        float[] features = SyntheticFeatures.Rows(classes, 3);
        HeadDataset data = new(features, SyntheticFeatures.FeatureCount, HeadTargets.FromClasses(labels, 3), weights);

        DenseHead head = HeadRuns.Fit(new HeadTrainerOptions(), data).Head;

        HeadDataset truth = new(features, SyntheticFeatures.FeatureCount, HeadTargets.FromClasses(classes, 3));
        Assert.AreEqual(1, HeadRuns.AccuracyOf(head, truth));
    }

    [TestMethod]
    public void Fit_RareClassThatOverlaps_IsFoundMoreOftenWhenBalanced()
    {
        int[] classes = [.. Enumerable.Range(0, 400).Select(row => row % 20 == 0 ? 1 : 0)];
        HeadDataset data = new(
            SyntheticFeatures.Rows(classes, 2, noise: 6), SyntheticFeatures.FeatureCount, HeadTargets.FromClasses(classes, 2));

        double uniform = HeadRuns.Fit(new HeadTrainerOptions { EarlyStopping = null }, data, data).History.Epochs[^1].Validation!.MacroAccuracy;
        double balanced = HeadRuns.Fit(new HeadTrainerOptions { EarlyStopping = null, BalanceClasses = true }, data, data)
            .History.Epochs[^1].Validation!.MacroAccuracy;

        Assert.IsGreaterThan(uniform + 0.05, balanced);
    }

    [TestMethod]
    public void Fit_GradientClipping_ShortensTheFirstStep()
    {
        HeadDataset data = SyntheticFeatures.Classes(20, 2);
        HeadTrainerOptions options = new()
        {
            Epochs = 1,
            BatchSize = 20,
            Optimizer = new SgdOptions { LearningRate = 1 },
            Schedule = LearningRateSchedule.Constant,
            StandardizeFeatures = false,
            GradientClipNorm = 0.01f,
        };

        float[] weights = HeadRuns.WeightsOf(HeadRuns.Fit(options, data).Head);

        Assert.AreEqual(0.01, Math.Sqrt(weights.Sum(weight => (double)weight * weight)), 1e-6);
    }

    [TestMethod]
    [DataRow(4, 0.25, DisplayName = "the first of four steps")]
    [DataRow(0, 1.0, DisplayName = "off")]
    public void Fit_WarmUp_StartsWithAShareOfTheRate(int warmUpEpochs, double share)
    {
        HeadTrainerOptions options = new() { Epochs = 8, WarmUpEpochs = warmUpEpochs, BatchSize = 20, Schedule = LearningRateSchedule.Constant };

        IReadOnlyList<EpochResult> epochs = HeadRuns.Fit(options, SyntheticFeatures.Classes(20, 2)).History.Epochs;

        Assert.AreEqual(share * options.Optimizer.LearningRate, epochs[0].LearningRate, 1e-9);
        Assert.AreEqual(options.Optimizer.LearningRate, epochs[4].LearningRate, 1e-9);
    }
}

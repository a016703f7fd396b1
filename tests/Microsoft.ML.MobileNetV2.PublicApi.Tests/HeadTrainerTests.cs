namespace Microsoft.ML.MobileNetV2.PublicApi.Tests;

/// <summary>Trains a head as a user does who has features and no images.</summary>
[TestClass]
public sealed class HeadTrainerTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Fit_OwnFeatures_TrainsContinuesAndPredicts()
    {
        float[] features = [0, 1, 0, 2, 1, 0, 2, 0];
        HeadDataset data = new(features, featureCount: 2, HeadTargets.FromClasses(new[] { 0, 0, 1, 1 }, classCount: 2));
        HeadTrainer trainer = new(new()
        {
            Layers = [new() { Units = 8, Activation = HeadActivation.Relu6 }, new() { L2 = 1e-4f }],
            Optimizer = new SgdOptions { LearningRate = 0.1, UseNesterov = true },
            Schedule = LearningRateSchedule.OneCycle(),
            EarlyStopping = new() { Metric = TrainingMetric.Accuracy, Patience = 50 },
        });

        HeadTrainingResult first = trainer.Fit(data, validation: data, cancellationToken: TestContext.CancellationToken);
        HeadTrainingResult second = trainer.Fit(data, start: first.Head, cancellationToken: TestContext.CancellationToken);

        float[] scores = second.Head.Predict([0, 3]);
        Assert.IsGreaterThan(0.9f, scores[0]);
        Assert.AreEqual(1, scores[0] + scores[1], 1e-6);
        Assert.IsGreaterThan(0, first.History.BestEpoch);
    }
}

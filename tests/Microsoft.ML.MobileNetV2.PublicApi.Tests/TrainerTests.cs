using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.PublicApi.Tests;

/// <summary>Trains a head as a user does who has features and no images.</summary>
[TestClass]
public sealed class TrainerTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Fit_OwnFeatures_TrainsContinuesAndPredicts()
    {
        MLContext context = new(seed: 1);
        IDataView rows = context.Data.LoadFromEnumerable(new[] { New(0, 1, "a"), New(0, 2, "a"), New(1, 0, "b"), New(2, 0, "b") });
        MobileNetV2TrainerOptions options = new()
        {
            ImageColumnName = nameof(Row.Features),
            Head = new()
            {
                Layers = [new() { Units = 8, Activation = HeadActivation.Relu6 }, new() { L2 = 1e-4f }],
                Optimizer = new SgdOptions { LearningRate = 0.1, UseNesterov = true },
                Schedule = LearningRateSchedule.OneCycle(),
                EarlyStopping = new() { Metric = TrainingMetric.Accuracy, Patience = 50 },
            },
        };

        using var first = context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows, rows, cancellationToken: TestContext.CancellationToken);
        options.InitialModel = first;
        using var second = context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows, rows, cancellationToken: TestContext.CancellationToken);

        float[] scores = second.Head.Predict([0, 3]);
        Assert.IsGreaterThan(0.9f, scores[0]);
        Assert.AreEqual(1, scores[0] + scores[1], 1e-6);
        Assert.IsGreaterThan(0, first.History.BestEpoch);
    }

    private static Row New(float x, float y, string label) => new() { Features = [x, y], Label = label };

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = string.Empty;
    }
}

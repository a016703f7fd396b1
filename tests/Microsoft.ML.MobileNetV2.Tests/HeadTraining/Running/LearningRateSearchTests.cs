using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Running;

[TestClass]
public sealed class LearningRateSearchTests
{
    private static readonly HeadDataset Data = SyntheticFeatures.Classes(200, 5, noise: 1);

    public static IEnumerable<OptimizerOptions> Optimizers => [new SgdOptions(), new AdamOptions(), new AdamOptions { UseDecoupledWeightDecay = false }];

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void FindLearningRate_SuggestsARateThatLearns(OptimizerOptions optimizer)
    {
        LearningRateCurve curve = Find(new() { Optimizer = optimizer });

        optimizer.LearningRate = curve.SuggestedLearningRate;
        double loss = HeadRuns.Fit(new HeadTrainerOptions { Optimizer = optimizer, Epochs = 10 }, Data).History.Epochs[^1].Training.Loss;
        Assert.IsInRange(1e-5, 2, curve.SuggestedLearningRate);
        Assert.IsLessThan(0.3 * Math.Log(5), loss);
    }

    [TestMethod]
    public void FindLearningRate_CurveRisesByRateAndIsFinite()
    {
        LearningRateCurve curve = Find(new() { Layers = [new() { Units = 30 }, new()] });

        Assert.IsGreaterThan(20, curve.Points.Count);
        Assert.AreEqual(1e-6, curve.Points[0].LearningRate, 1e-12);
        Assert.AreEqual(Math.Log(5), curve.Points[0].Loss, 0.3);
        Assert.IsTrue(curve.Points.Zip(curve.Points.Skip(1)).All(pair => pair.First.LearningRate < pair.Second.LearningRate));
        Assert.IsTrue(curve.Points.All(point => double.IsFinite(point.Loss)));
    }

    [TestMethod]
    public void FindLearningRate_Canceled_Throws() => Assert.ThrowsExactly<OperationCanceledException>(
        () => new HeadTrainer().FindLearningRate(Data, cancellationToken: new CancellationToken(canceled: true)));

    private static LearningRateCurve Find(HeadTrainerOptions options) =>
        new HeadTrainer(options).FindLearningRate(Data, null, null, CancellationToken.None);
}

using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.Training.Progress;

[TestClass]
public sealed class MetricAccumulatorTests
{
    [TestMethod]
    public void ToMetrics_Classes_AreTheConfusionTables()
    {
        var metrics = MetricAccumulator.Create(TargetKind.Classes, 3, HeadLoss.CategoricalCrossEntropy);
        metrics.Add([0.8f, 0.1f, 0.1f], [1, 0, 0], loss: 1, weight: 1);
        metrics.Add([0.2f, 0.7f, 0.1f], [1, 0, 0], loss: 2, weight: 1);
        metrics.Add([0.2f, 0.7f, 0.1f], [0, 1, 0], loss: 3, weight: 2);

        TrainingMetrics actual = metrics.ToMetrics();

        Assert.AreEqual((1 + 2 + 6) / 4.0, actual.Loss);
        Assert.AreEqual(3 / 4.0, actual.Accuracy);
        Assert.AreEqual((0.5 + 1) / 2, actual.MacroAccuracy, 1e-12, "the class without rows does not count");
        Assert.AreEqual((2 / 3.0 + 4 / 5.0) / 2, actual.MacroF1, 1e-12);
        Assert.IsTrue(double.IsNaN(actual.RSquared));
    }

    [TestMethod]
    [DataRow(HeadLoss.BinaryCrossEntropy, 0.4f, 0.0, DisplayName = "sigmoid: yes above 0.5")]
    [DataRow(HeadLoss.SquaredHinge, 0.4f, 1.0, DisplayName = "hinge: yes above 0")]
    public void ToMetrics_OneOutput_UsesTheLossesThreshold(HeadLoss loss, float output, double accuracy)
    {
        var metrics = MetricAccumulator.Create(TargetKind.Classes, 1, loss);
        metrics.Add([output], [1], loss: 0, weight: 1);

        Assert.AreEqual(accuracy, metrics.ToMetrics().Accuracy);
    }

    [TestMethod]
    public void ToMetrics_Labels_CountsEachLabel()
    {
        var metrics = MetricAccumulator.Create(TargetKind.MultiHot, 2, HeadLoss.BinaryCrossEntropy);
        metrics.Add([0.9f, 0.9f], [1, 0], loss: 0, weight: 1);
        metrics.Add([0.9f, 0.1f], [1, 1], loss: 0, weight: 1);

        TrainingMetrics actual = metrics.ToMetrics();

        Assert.AreEqual(0.5, actual.Accuracy);
        Assert.AreEqual(0.5, actual.MacroAccuracy);
        Assert.AreEqual(0.5, actual.MacroF1);
    }

    [TestMethod]
    public void ToMetrics_Values_AreTheErrors()
    {
        var metrics = MetricAccumulator.Create(TargetKind.Values, 1, HeadLoss.MeanSquaredError);
        metrics.Add([1002], [1001], loss: 1, weight: 1);
        metrics.Add([1002], [1003], loss: 1, weight: 1);
        metrics.Add([1008], [1005], loss: 9, weight: 1);

        TrainingMetrics actual = metrics.ToMetrics();

        Assert.AreEqual(5 / 3.0, actual.MeanAbsoluteError, 1e-9);
        Assert.AreEqual(Math.Sqrt(11 / 3.0), actual.RootMeanSquaredError, 1e-9);
        Assert.AreEqual(1 - 11 / 8.0, actual.RSquared, 1e-9);
        Assert.IsTrue(double.IsNaN(actual.Accuracy));
    }
}

using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining;

/// <summary>Shows that every kind of label, and every loss with its default activation, is learned.</summary>
[TestClass]
public sealed class HeadTrainerTargetsTests
{
    private static readonly int[] Classes = [.. Enumerable.Range(0, 120).Select(row => row % 2)];

    [TestMethod]
    [DataRow(HeadLoss.CategoricalCrossEntropy)]
    [DataRow(HeadLoss.BinaryCrossEntropy)]
    [DataRow(HeadLoss.Focal)]
    [DataRow(HeadLoss.SquaredHinge)]
    [DataRow(HeadLoss.MeanSquaredError)]
    [DataRow(HeadLoss.MeanAbsoluteError)]
    public void Fit_ClassesWithEachLoss_LearnsThem(HeadLoss loss)
    {
        HeadDataset data = SyntheticFeatures.Classes(120, 4);

        HeadTrainingResult result = HeadRuns.Fit(new HeadTrainerOptions { Loss = loss }, data);

        Assert.AreEqual(1, HeadRuns.AccuracyOf(result.Head, data));
    }

    [TestMethod]
    [DataRow(HeadLoss.BinaryCrossEntropy, 0.5f)]
    [DataRow(HeadLoss.SquaredHinge, 0f)]
    public void Fit_TwoClassesWithOneOutput_LearnsThem(HeadLoss loss, float threshold)
    {
        HeadDataset data = SyntheticFeatures.Classes(120, 2);

        HeadTrainingResult result = HeadRuns.Fit(new HeadTrainerOptions { Loss = loss, Layers = [new() { Units = 1 }] }, data);

        float[] scores = result.Head.Predict(data.Features);
        Assert.AreSequenceEqual(Classes, [.. scores.Select(score => score > threshold ? 1 : 0)]);
        Assert.AreEqual(1, result.History.Epochs[^1].Training.Accuracy);
    }

    [TestMethod]
    public void Fit_SeveralLabelsARow_LearnsThem()
    {
        int[] classes = [.. Enumerable.Range(0, 120).Select(row => row % 4)];
        float[] labels = [.. classes.SelectMany(label => new float[] { label & 1, label >> 1 })];
        HeadDataset data = new(SyntheticFeatures.Rows(classes, 4), SyntheticFeatures.FeatureCount, HeadTargets.FromLabels(labels, 2));

        DenseHead head = HeadRuns.Fit(new HeadTrainerOptions { Loss = HeadLoss.BinaryCrossEntropy, BalanceClasses = true }, data).Head;

        Assert.AreSequenceEqual(labels, [.. head.Predict(data.Features).Select(score => score > 0.5f ? 1f : 0)]);
    }

    [TestMethod]
    [DataRow(HeadLoss.MeanSquaredError, null)]
    [DataRow(HeadLoss.MeanAbsoluteError, null)]
    [DataRow(HeadLoss.MeanSquaredLogarithmicError, null)]
    [DataRow(HeadLoss.Poisson, null)]
    [DataRow(HeadLoss.MeanSquaredError, HeadActivation.Relu)]
    [DataRow(HeadLoss.MeanSquaredError, HeadActivation.Softplus)]
    public void Fit_Values_LearnsThem(HeadLoss loss, HeadActivation? activation)
    {
        float[] values = [.. Classes.Select(label => 2f + 3 * label)];
        HeadDataset data = new(SyntheticFeatures.Rows(Classes, 2), SyntheticFeatures.FeatureCount, HeadTargets.FromValues(values));

        HeadTrainingResult result = HeadRuns.Fit(
            new HeadTrainerOptions { Loss = loss, Layers = [new() { Activation = activation }], Epochs = 100 }, data);

        Assert.IsGreaterThan(0.9, result.History.Epochs[^1].Training.RSquared);
    }

    [TestMethod]
    public void Fit_ValuesInTensOfThousands_LearnsThem()
    {
        float[] values = [.. Classes.Select(label => 40_000f + 10_000 * label)];
        HeadDataset data = new(SyntheticFeatures.Rows(Classes, 2), SyntheticFeatures.FeatureCount, HeadTargets.FromValues(values));

        HeadTrainingResult result = HeadRuns.Fit(new HeadTrainerOptions { Loss = HeadLoss.MeanSquaredError }, data, data);

        Assert.IsGreaterThan(0.9, result.History.Epochs[^1].Validation!.RSquared);
        Assert.AreEqual(45_000 + 5_000, result.Head.Predict(data.FeaturesOf(1))[0], 1500f);
    }

    [TestMethod]
    public void Fit_LabelsThatDoNotFit_NamesEverythingAtOnce()
    {
        HeadDataset data = new(new float[3], 1, HeadTargets.FromValues(new[] { 1f, 0, 2 }));
        HeadTrainerOptions options = new()
        {
            Layers = [new() { Units = 5 }],
            BalanceClasses = true,
            EarlyStopping = new() { Metric = TrainingMetric.Accuracy },
        };

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => HeadRuns.Fit(options, data));

        string[] expected =
        [
            "categorical cross-entropy needs classes, and the labels are numbers: use mean squared error.",
            "Units of the last layer is 5; the labels need 1, which is what 0 gives.",
            "Weights of classes are set, but the labels are numbers.",
            "EarlyStopping.Metric is Accuracy; the labels are numbers: use Loss or an error. (Parameter 'options')",
        ];
        Assert.AreEqual($"The options are not valid: {string.Join(" ", expected)}", exception.Message);
    }
}

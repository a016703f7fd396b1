using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining;

/// <summary>Shows what continuing from a trained head does.</summary>
[TestClass]
public sealed class HeadTrainerStartTests
{
    private static readonly HeadDataset Data = SyntheticFeatures.Classes(120, 4);

    private static readonly HeadTrainerOptions NoChange = new()
    {
        Epochs = 1,
        Optimizer = new SgdOptions { LearningRate = 1e-30 },
    };

    [TestMethod]
    public void Fit_StartWithAlmostNoLearningRate_GivesTheSameScores()
    {
        DenseHead start = HeadRuns.Fit(new HeadTrainerOptions(), Data).Head;

        DenseHead continued = HeadRuns.Fit(NoChange, Data, start: start).Head;

        float[] expected = start.Predict(Data.Features);
        float[] actual = continued.Predict(Data.Features);
        Assert.IsLessThan(1e-4f, expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)));
    }

    [TestMethod]
    public void Fit_OneClassRemovedAndOneAdded_KeepsTheOthersAndLearnsTheNew()
    {
        HeadDataset before = Subset([0, 1, 2]);
        DenseHead start = HeadRuns.Fit(new HeadTrainerOptions { Layers = [new() { Units = 20 }, new()] }, before).Head;
        HeadDataset after = Subset([2, 3, 0]);
        HeadTrainerOptions options = new() { Layers = [new() { Units = 20 }, new()] };

        HeadTrainingResult result = HeadRuns.Fit(options, after, start: start.WithOutputs([2, DenseHeadExtensions.NewOutput, 0]));

        double fromScratch = HeadRuns.Fit(options, after).History.Epochs[0].Training.Loss;
        Assert.IsLessThan(fromScratch, result.History.Epochs[0].Training.Loss);
        Assert.AreEqual(1, HeadRuns.AccuracyOf(result.Head, after));
    }

    [TestMethod]
    public void Fit_StartWithOtherLayers_NamesBoth()
    {
        DenseHead start = new([new(Data.FeatureCount, 3, HeadActivation.Softmax, new float[3 * Data.FeatureCount], new float[3])]);

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => HeadRuns.Fit(new HeadTrainerOptions(), Data, start: start));

        Assert.StartsWith("The head to start from has 24 features, 3 Softmax; expected 24 features, 4 Softmax.", exception.Message);
    }

    [TestMethod]
    public void Fit_LeavesTheStartAlone()
    {
        DenseHead start = HeadRuns.Fit(new HeadTrainerOptions { Epochs = 2 }, Data).Head;
        float[] before = HeadRuns.WeightsOf(start);

        HeadRuns.Fit(new HeadTrainerOptions { Epochs = 2 }, Data, start: start);

        Assert.AreSequenceEqual(before, HeadRuns.WeightsOf(start));
    }

    [TestMethod]
    [DataRow(25, 4, "The validation set has 25 features a row; the training set has 24.")]
    [DataRow(24, 5, "The validation set has 5 Classes; the training set has 4 Classes.")]
    public void Fit_ValidationOfAnotherShape_SaysSo(int featureCount, int classCount, string message)
    {
        HeadDataset validation = SyntheticFeatures.Classes(10, classCount, featureCount: featureCount);

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => HeadRuns.Fit(new HeadTrainerOptions(), Data, validation));

        Assert.StartsWith(message, exception.Message);
    }

    /// <summary>Takes the rows of some of four classes, and numbers these classes in their order.</summary>
    private static HeadDataset Subset(int[] kept)
    {
        int[] classes = [.. Enumerable.Range(0, 90).Select(row => kept[row % 3])];
        int[] indices = [.. classes.Select(label => Array.IndexOf(kept, label))];
        return new(SyntheticFeatures.Rows(classes, 4), SyntheticFeatures.FeatureCount, HeadTargets.FromClasses(indices, 3));
    }
}

using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Options;

[TestClass]
public sealed class HeadTrainerOptionsTests
{
    [TestMethod]
    public void Construction_EverythingWrong_NamesAllInOneMessage()
    {
        HeadTrainerOptions options = new()
        {
            Layers = [new() { DropoutRate = 1, L2 = float.NaN }, new() { Units = -3, Activation = HeadActivation.Softmax }],
            Loss = HeadLoss.BinaryCrossEntropy,
            FocalGamma = -1,
            Optimizer = new AdamOptions { LearningRate = 0, Beta1 = 1, Epsilon = -1, WeightDecay = double.PositiveInfinity },
            WarmUpEpochs = -1,
            Epochs = -1,
            BatchSize = 0,
            LabelSmoothing = 1,
            BalanceClasses = true,
            ClassWeights = [1, -2],
            GradientClipNorm = float.NaN,
            MixUpAlpha = -0.2f,
            EarlyStopping = new() { Metric = (TrainingMetric)99, Patience = 0, MinDelta = -1 },
        };

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new HeadTrainer(options));

        string[] expected =
        [
            "Layers[0].Units is 0; a layer before the last needs 1 to 65536.",
            "Layers[0].DropoutRate is 1; expected at least 0 and below 1.",
            "Layers[0].L2 is NaN; expected a finite number of at least 0.",
            "Layers[1].Units is -3; expected 0 (as many as the labels need) to 65536.",
            "FocalGamma is -1; expected a finite number of at least 0.",
            "LabelSmoothing is 1; expected at least 0 and below 1.",
            "softmax with binary cross-entropy: use sigmoid, or categorical cross-entropy.",
            "BalanceClasses is True; with ClassWeights given, expected False.",
            "ClassWeights[1] is -2; expected a finite number of at least 0.",
            "Epochs is -1; expected at least 1, or 0 for a number that suits the rows.",
            "BatchSize is 0; expected at least 1 row.",
            "WarmUpEpochs is -1; expected a finite number of at least 0.",
            "GradientClipNorm is NaN; expected a finite number of at least 0.",
            "MixUpAlpha is -0.2; expected a finite number of at least 0.",
            "EarlyStopping.Metric is 99; expected one of Loss, Accuracy, MacroAccuracy, MacroF1, MeanAbsoluteError, RootMeanSquaredError, RSquared.",
            "EarlyStopping.Patience is 0; expected at least 1 epoch.",
            "EarlyStopping.MinDelta is -1; expected a finite number of at least 0.",
            "Optimizer.LearningRate is 0; expected a finite number above 0.",
            "Optimizer.WeightDecay is ∞; expected a finite number of at least 0.",
            "Optimizer.Beta1 is 1; expected at least 0 and below 1.",
            "Optimizer.Epsilon is -1; expected a finite number above 0.",
        ];
        Assert.AreEqual($"The options are not valid: {string.Join(" ", expected).Replace("∞", "Infinity", StringComparison.Ordinal)} (Parameter 'options')", exception.Message);
    }

    [TestMethod]
    public void Construction_NothingGiven_Works() => Assert.IsNotNull(new HeadTrainer());

    [TestMethod]
    public void Fit_OptionsChangedAfterwards_TrainsAsBefore()
    {
        HeadTrainerOptions options = new() { Epochs = 3, Layers = [new() { Units = 8 }, new()] };
        HeadTrainer trainer = new(options);
        HeadDataset data = SyntheticFeatures.Classes(30, 3);
        DenseHead expected = HeadRuns.Fit(trainer, data).Head;

        options.Epochs = 1;
        options.Layers[0].Units = 4;
        options.Optimizer.LearningRate = 7;
        DenseHead actual = HeadRuns.Fit(trainer, data).Head;

        Assert.AreSequenceEqual(HeadRuns.WeightsOf(expected), HeadRuns.WeightsOf(actual));
    }

    [TestMethod]
    public void Fit_LeavesTheOptionsAsTheyWere()
    {
        HeadTrainerOptions options = new() { Epochs = 2, BalanceClasses = true };
        string before = System.Text.Json.JsonSerializer.Serialize(options);

        HeadRuns.Fit(options, SyntheticFeatures.Classes(30, 3), SyntheticFeatures.Classes(9, 3, seed: 2));

        Assert.AreEqual(before, System.Text.Json.JsonSerializer.Serialize(options));
        Assert.AreEqual(0, options.Layers[^1].Units);
    }
}

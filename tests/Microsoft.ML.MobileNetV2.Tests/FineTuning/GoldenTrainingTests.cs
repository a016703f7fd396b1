using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.FineTuning;

/// <summary>Compares gradients and losses of the whole network with those that PyTorch computed.</summary>
[TestClass]
[RequiresReferenceData]
public sealed class GoldenTrainingTests
{
    private const int Size = 64;
    private const int BatchSize = 8;
    private const int ClassCount = 5;

    /// <summary>Of the largest gradient of a tensor: sums in another order, over up to 8192 pixels.</summary>
    private const double GradientTolerance = 1e-3;

    private const double LossTolerance = 1e-5;

    /// <summary>After a step: what differs in gradients has moved the weights.</summary>
    private const double SecondLossTolerance = 1e-3;

    private static readonly Lazy<Checkpoint> Golden = new(() => ReferenceData.ReadSafetensors("golden", "training.safetensors"));

    [TestMethod]
    public void Backward_FrozenAndTrainedBatchNorm_GivesPyTorchsGradients()
    {
        foreach (int partCount in new[] { 1, 2, 3 })
        {
            TrainingCase run = CreateCase(partCount);

            double loss = run.Step(usesBatchStatistics: false, smoothing: 0);

            Assert.AreEqual(Golden.Value.Require("frozen_bn.loss").Values[0], loss, LossTolerance);
            AssertGradients("frozen_bn.gradient.", run);
        }

        // On more threads sums run in another order, and a ReLU6 at its corner may fall on the other side.
        TrainingCase trained = CreateCase(partCount: 1);
        double trainedLoss = trained.Step(usesBatchStatistics: true, smoothing: 0.1);
        Assert.AreEqual(Golden.Value.Require("sgd.step0.loss").Values[0], trainedLoss, LossTolerance);
        AssertGradients("gradient.", trained);
        AssertLosses("sgd", new SgdOptions { LearningRate = 0.05, Momentum = 0.9, WeightDecay = 1e-4 });
        AssertLosses("adamw", new AdamOptions { LearningRate = 1e-3, WeightDecay = 0.01 });
    }

    private static void AssertLosses(string prefix, OptimizerOptions options)
    {
        TrainingCase run = CreateCase(partCount: 1);
        run.Optimizer = options;
        foreach (int step in new[] { 0, 1 })
        {
            double expected = Golden.Value.Require($"{prefix}.step{step}.loss").Values[0];
            Assert.AreEqual(expected, run.Step(usesBatchStatistics: true, smoothing: 0.1), step == 0 ? LossTolerance : SecondLossTolerance, $"{prefix}, step {step}");
            run.Update();
        }
    }

    private static TrainingCase CreateCase(int partCount)
    {
        TrainingShape shape = new(new(0.35f), PaddingConvention.Symmetric, Size, BatchSize, 1e-5) { PartCount = partCount };
        int[] labels = [.. Golden.Value.Require("labels").Values.Select(value => (int)value)];
        return new(shape, SyntheticNetwork.Create(0.35f, classCount: ClassCount), labels, SyntheticNetwork.Input(Size, BatchSize));
    }

    private static void AssertGradients(string prefix, TrainingCase run)
    {
        foreach ((string name, float[] gradient) in run.Gradients())
        {
            float[] expected = Golden.Value.Require(prefix + name).Values;
            double largest = expected.Max(Math.Abs);
            double difference = gradient.Zip(expected, (a, b) => (double)Math.Abs(a - b)).Max();

            // Behind a projection the next batch norm takes any constant off, so the gradient of β is zero but for rounding.
            const double Zero = 1e-5;
            Assert.IsLessThanOrEqualTo(largest < Zero ? Zero : GradientTolerance * largest, difference, name);
        }
    }
}

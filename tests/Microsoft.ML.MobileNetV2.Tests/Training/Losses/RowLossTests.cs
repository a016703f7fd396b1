using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.Training.Losses;

[TestClass]
public sealed class RowLossTests
{
    // Away from the corners of ReLU, ReLU6, hinge and absolute error, where there is no derivative.
    private static readonly float[] Logits = [0.7f, -1.3f, 2.4f, -0.4f, 1.6f];

    public static IEnumerable<(HeadLoss Loss, HeadActivation Activation)> Pairs =>
        from loss in Enum.GetValues<HeadLoss>()
        from activation in Enum.GetValues<HeadActivation>()
        where HeadCompatibility.Check(activation, loss) is null
        select (loss, activation);

    [TestMethod]
    public void Pairs_AreAllThatTheCheckAllows() => Assert.HasCount(35, Pairs.ToArray());

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void Evaluate_OneClass_GradientAgreesWithCentralDifferences(HeadLoss loss, HeadActivation activation) =>
        AssertGradient(loss, activation, [0, 0, 1, 0, 0]);

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void Evaluate_SmoothedOrMixedTargets_GradientAgreesWithCentralDifferences(HeadLoss loss, HeadActivation activation) =>
        AssertGradient(loss, activation, [0.05f, 0.55f, 0.3f, 0.07f, 0.03f]);

    [TestMethod]
    [DataRow(HeadActivation.Softmax, 0f)]
    [DataRow(HeadActivation.Softmax, 0.5f)]
    [DataRow(HeadActivation.Softmax, 1f)]
    [DataRow(HeadActivation.Sigmoid, 0f)]
    [DataRow(HeadActivation.Sigmoid, 0.5f)]
    [DataRow(HeadActivation.Sigmoid, 1f)]
    public void Evaluate_FocalWithOtherGamma_GradientAgreesWithCentralDifferences(HeadActivation activation, float gamma) =>
        AssertGradient(HeadLoss.Focal, activation, [0, 1, 0, 0, 0], gamma);

    [TestMethod]
    [DataRow(HeadLoss.CategoricalCrossEntropy, HeadActivation.Softmax, 1000.0, DisplayName = "wrong by 1000")]
    [DataRow(HeadLoss.BinaryCrossEntropy, HeadActivation.Sigmoid, 500.0, DisplayName = "mean of 0 and 1000")]
    [DataRow(HeadLoss.Focal, HeadActivation.Softmax, 1000.0)]
    [DataRow(HeadLoss.Focal, HeadActivation.Sigmoid, 500.0)]
    public void Evaluate_LogitsOfAThousand_StaysFiniteAndRight(HeadLoss loss, HeadActivation activation, double expected)
    {
        float[] gradient = new float[2];

        double actual = Evaluate(loss, activation, [-1000, 0], [1, 0], gradient, gamma: 2);
        double right = Evaluate(loss, activation, [1000, -1000], [1, 0], gradient, gamma: 2);

        double shareOfTheOther = activation == HeadActivation.Sigmoid && loss == HeadLoss.BinaryCrossEntropy ? Math.Log(2) / 2 : 0;
        double shareOfFocal = activation == HeadActivation.Sigmoid && loss == HeadLoss.Focal ? Math.Log(2) / 8 : 0;
        Assert.AreEqual(expected + shareOfTheOther + shareOfFocal, actual, 1e-3);
        Assert.AreEqual(0, right, 1e-6);
        Assert.IsTrue(Array.TrueForAll(gradient, float.IsFinite));
    }

    [TestMethod]
    [DataRow(HeadLoss.CategoricalCrossEntropy, HeadActivation.Softmax, 0.407606, DisplayName = "-ln(e / (e + e^0 + e^-1))")]
    [DataRow(HeadLoss.BinaryCrossEntropy, HeadActivation.Sigmoid, 0.439890, DisplayName = "mean of ln(1+e^-1), ln 2, ln(1+e^-1)")]
    [DataRow(HeadLoss.SquaredHinge, HeadActivation.Linear, 0.333333, DisplayName = "mean of 0, 1, 0")]
    [DataRow(HeadLoss.MeanSquaredError, HeadActivation.Linear, 0.333333, DisplayName = "squared: mean of 0, 0, 1")]
    [DataRow(HeadLoss.MeanAbsoluteError, HeadActivation.Linear, 0.333333, DisplayName = "absolute: mean of 0, 0, 1")]
    [DataRow(HeadLoss.Poisson, HeadActivation.Exponential, 1.028720, DisplayName = "mean of e - 1, 1, e^-1")]
    [DataRow(HeadLoss.MeanSquaredLogarithmicError, HeadActivation.Exponential, 0.321043, DisplayName = "mean of ln((1+e)/2)^2, ln(2)^2, ln(1+e^-1)^2")]
    public void Evaluate_KnownNumbers_GivesTheLoss(HeadLoss loss, HeadActivation activation, double expected)
    {
        double actual = Evaluate(loss, activation, [1, 0, -1], [1, 0, 0], new float[3], gamma: 2);

        Assert.AreEqual(expected, actual, 2e-6);
    }

    private static void AssertGradient(HeadLoss loss, HeadActivation activation, float[] targets, float gamma = 2)
    {
        float[] gradient = new float[Logits.Length];
        Evaluate(loss, activation, Logits, targets, gradient, gamma);

        for (int i = 0; i < Logits.Length; i++)
        {
            double expected = CentralDifference.Of(
                Logits[i],
                value =>
                {
                    float[] moved = [.. Logits];
                    moved[i] = value;
                    return Evaluate(loss, activation, moved, targets, new float[moved.Length], gamma);
                });
            Assert.AreEqual(expected, gradient[i], 1e-3 * Math.Max(0.02, Math.Abs(expected)), $"logit {i}");
        }
    }

    private static double Evaluate(HeadLoss loss, HeadActivation activation, float[] logits, float[] targets, float[] gradient, float gamma)
    {
        float[] outputs = new float[logits.Length];
        ActivationFunction.Of(activation).Apply(logits, outputs, logits.Length);
        return RowLoss.Create(loss, activation, gamma).Evaluate(logits, outputs, targets, gradient);
    }
}

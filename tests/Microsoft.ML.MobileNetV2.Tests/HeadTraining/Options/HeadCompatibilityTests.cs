using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Options;

[TestClass]
public sealed class HeadCompatibilityTests
{
    [TestMethod]
    [DataRow(HeadActivation.Softmax, HeadLoss.BinaryCrossEntropy, "softmax with binary cross-entropy: use sigmoid, or categorical cross-entropy.")]
    [DataRow(HeadActivation.Sigmoid, HeadLoss.CategoricalCrossEntropy, "sigmoid with categorical cross-entropy: use softmax, or binary cross-entropy.")]
    [DataRow(HeadActivation.Relu, HeadLoss.CategoricalCrossEntropy, "ReLU with categorical cross-entropy: use softmax.")]
    [DataRow(HeadActivation.Linear, HeadLoss.BinaryCrossEntropy, "linear with binary cross-entropy: use sigmoid.")]
    [DataRow(HeadActivation.Tanh, HeadLoss.Focal, "tanh with focal loss: use softmax, or sigmoid for several labels a row.")]
    [DataRow(HeadActivation.Softmax, HeadLoss.SquaredHinge, "softmax with squared hinge: use linear, or categorical cross-entropy.")]
    [DataRow(HeadActivation.Linear, HeadLoss.Poisson, "linear with Poisson loss: its outputs must be above 0; use exponential or softplus.")]
    [DataRow(
        HeadActivation.Linear,
        HeadLoss.MeanSquaredLogarithmicError,
        "linear with mean squared logarithmic error: its outputs must not be negative; use softplus, or mean squared error.")]
    public void Check_PairThatDoesNotFit_SaysWhichOneDoes(HeadActivation activation, HeadLoss loss, string expected) =>
        Assert.AreEqual(expected, HeadCompatibility.Check(activation, loss));

    [TestMethod]
    [DataRow(HeadActivation.Softmax, HeadLoss.CategoricalCrossEntropy, nameof(TargetKind.Values), "use mean squared error")]
    [DataRow(HeadActivation.Linear, HeadLoss.SquaredHinge, nameof(TargetKind.Values), "use mean squared error")]
    [DataRow(HeadActivation.Softmax, HeadLoss.MeanSquaredError, nameof(TargetKind.Values), "use linear")]
    [DataRow(HeadActivation.Softmax, HeadLoss.CategoricalCrossEntropy, nameof(TargetKind.MultiHot), "use sigmoid with binary cross-entropy")]
    [DataRow(HeadActivation.Exponential, HeadLoss.Poisson, nameof(TargetKind.Classes), "use categorical cross-entropy")]
    public void Check_LabelsThatDoNotFit_SaysWhatDoes(HeadActivation activation, HeadLoss loss, string kind, string advice) =>
        Assert.Contains(advice, HeadCompatibility.Check(activation, loss, Enum.Parse<TargetKind>(kind))!);

    [TestMethod]
    public void DefaultFor_EveryLoss_FitsIt()
    {
        foreach (HeadLoss loss in Enum.GetValues<HeadLoss>())
        {
            Assert.IsNull(HeadCompatibility.Check(HeadCompatibility.DefaultFor(loss), loss));
        }
    }
}

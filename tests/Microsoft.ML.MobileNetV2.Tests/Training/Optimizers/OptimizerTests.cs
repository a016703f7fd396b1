using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.Training.Optimizers;

/// <summary>Expects what torch.optim's documented algorithms give in float64 for three steps with learning rate 0.1.</summary>
[TestClass]
public sealed class OptimizerTests
{
    private static readonly float[][] Gradients = [[0.5f, -0.2f, 1], [-0.3f, -0.1f, 0.4f], [0.8f, 0.05f, -0.6f]];

    [TestMethod]
    [DataRow(0.0, false, 0.0, new[] { 0.9f, -1.975f, 0.42f }, DisplayName = "plain")]
    [DataRow(0.9, false, 0.0, new[] { 0.8415f, -1.9318f, 0.213f }, DisplayName = "momentum")]
    [DataRow(0.9, true, 0.05, new[] { 0.7194763f, -1.8350306f, 0.1476048f }, DisplayName = "Nesterov, weight decay")]
    public void Step_Sgd_IsPyTorchs(double momentum, bool isNesterov, double weightDecay, float[] expected) =>
        AssertSteps(new SgdOptions { Momentum = momentum, UseNesterov = isNesterov, WeightDecay = weightDecay }, expected);

    [TestMethod]
    [DataRow(0.0, new[] { 0.8204966f, -1.7504159f, 0.2805871f })]
    [DataRow(0.05, new[] { 0.8053512f, -1.7218134f, 0.2779386f })]
    public void Step_Adam_IsPyTorchs(double weightDecay, float[] expected) =>
        AssertSteps(new AdamOptions { WeightDecay = weightDecay }, expected);

    [TestMethod]
    public void Step_AdamW_IsPyTorchs() =>
        AssertSteps(new AdamWOptions { WeightDecay = 0.05 }, [0.8066647f, -1.7220293f, 0.2745714f]);

    [TestMethod]
    public void Step_BiasWithoutGradient_DoesNotDecay()
    {
        HeadShape shape = new([new(3, 1, 0, HeadActivation.Linear, 0, 0)]);
        float[] parameters = [1, 1, 1, 1];

        new AdamWOptions { WeightDecay = 0.5 }.Create(shape).Step(parameters, new float[4], 0.1);

        Assert.AreSequenceEqual([0.95f, 0.95f, 0.95f, 1], parameters);
    }

    [TestMethod]
    public void Step_ManyParameters_ReachesEachOnce()
    {
        const int Inputs = 1280;
        const int Units = 67;
        HeadShape shape = new([new(Inputs, Units, 0, HeadActivation.Linear, 0, 0)]);
        float[] parameters = new float[shape.ParameterCount];
        float[] gradients = new float[shape.ParameterCount];
        Array.Fill(gradients, 1f);

        new SgdOptions { Momentum = 0 }.Create(shape).Step(parameters, gradients, 0.25);

        Assert.HasCount((Inputs + 1) * Units, parameters);
        Assert.IsTrue(Array.TrueForAll(parameters, parameter => parameter == -0.25f));
    }

    private static void AssertSteps(OptimizerOptions options, float[] expected)
    {
        HeadShape shape = new([new(3, 1, 0, HeadActivation.Linear, 0, 0)]);
        Optimizer optimizer = options.Create(shape);
        float[] parameters = [1, -2, 0.5f, 0];

        foreach (float[] gradient in Gradients)
        {
            optimizer.Step(parameters, [.. gradient, 0], 0.1);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], parameters[i], 1e-6, $"weight {i}");
        }
    }
}

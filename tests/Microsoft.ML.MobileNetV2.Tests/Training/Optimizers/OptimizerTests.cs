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
        AssertSteps(new AdamOptions { WeightDecay = weightDecay, UseDecoupledWeightDecay = false }, expected);

    [TestMethod]
    public void Step_AdamW_IsPyTorchs() =>
        AssertSteps(new AdamOptions { WeightDecay = 0.05 }, [0.8066647f, -1.7220293f, 0.2745714f]);

    [TestMethod]
    public void Step_GroupWithoutWeightDecay_DoesNotDecay()
    {
        AdamOptions options = new() { WeightDecay = 0.5 };
        float[] parameters = [1, 1, 1, 1];

        options.Create([new() { Start = 0, Length = 3, WeightDecay = options.WeightDecay }, new() { Start = 3, Length = 1 }])
            .Step(parameters, new float[4], 0.1);

        Assert.AreSequenceEqual([0.95f, 0.95f, 0.95f, 1], parameters);
    }

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void Step_LearningRateFactor_IsThatOfTheLearningRate(OptimizerOptions options)
    {
        float[] scaled = [1, -2, 0.5f];
        float[] expected = [1, -2, 0.5f];
        Optimizer withFactor = options.Create([new() { Start = 0, Length = 3, WeightDecay = 0.05, LearningRateFactor = 0.25 }]);
        Optimizer plain = options.Create([new() { Start = 0, Length = 3, WeightDecay = 0.05 }]);

        foreach (float[] gradient in Gradients)
        {
            withFactor.Step(scaled, [.. gradient], 0.4);
            plain.Step(expected, [.. gradient], 0.1);
        }

        Assert.AreSequenceEqual(expected, scaled);
    }

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void Step_ParametersOfNoGroup_Stay(OptimizerOptions options)
    {
        float[] parameters = [1, 2, 3, 4];

        options.Create([new() { Start = 1, Length = 2, WeightDecay = 0.1 }]).Step(parameters, [1, 1, 1, 1], 0.1);

        Assert.AreEqual(1, parameters[0]);
        Assert.AreNotEqual(2, parameters[1]);
        Assert.AreNotEqual(3, parameters[2]);
        Assert.AreEqual(4, parameters[3]);
    }

    [TestMethod]
    public void Step_ManyParameters_ReachesEachOnce()
    {
        const int Weights = 1280 * 67;
        float[] parameters = new float[Weights + 67];
        float[] gradients = new float[parameters.Length];
        Array.Fill(gradients, 1f);

        new SgdOptions { Momentum = 0 }.Create([new() { Start = 0, Length = Weights }, new() { Start = Weights, Length = 67 }])
            .Step(parameters, gradients, 0.25);

        Assert.IsTrue(Array.TrueForAll(parameters, parameter => parameter == -0.25f));
    }

    private static IEnumerable<OptimizerOptions> AllOptions() => [new SgdOptions(), new SgdOptions { UseNesterov = true }, new AdamOptions(), new AdamOptions { UseDecoupledWeightDecay = false }];

    private static void AssertSteps(OptimizerOptions options, float[] expected)
    {
        Optimizer optimizer = options.Create([new() { Start = 0, Length = 3, WeightDecay = options.WeightDecay }, new() { Start = 3, Length = 1 }]);
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

using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Model;

[TestClass]
public sealed class HeadNetworkTests
{
    public static IEnumerable<HeadActivation> HiddenActivations =>
        Enum.GetValues<HeadActivation>().Where(activation => activation != HeadActivation.Softmax);

    [TestMethod]
    [DynamicData(nameof(HiddenActivations))]
    public void Backward_HiddenLayerAndPenalty_AgreesWithCentralDifferences(HeadActivation activation)
    {
        const int Rows = 7;
        HeadTrainerOptions options = new()
        {
            Layers = [new() { Units = 9, Activation = activation, L2 = 0.03f }, new() { L2 = 0.1f }],
            BatchSize = Rows,
            StandardizeFeatures = false,
        };
        HeadSetup setup = new(options, SyntheticFeatures.Classes(Rows, 3, featureCount: 5), null);
        float[] parameters = setup.Network.Parameters;
        Random random = new(5);
        foreach (ref float parameter in parameters.AsSpan())
        {
            parameter = (float)(random.NextDouble() - 0.5) / 4;
        }

        // Far below, between and above the corners of ReLU and ReLU6, where there is no derivative.
        // An exponential of 8 would leave float32 too few digits.
        float[] biases = activation == HeadActivation.Exponential ? [-2, 0, 1] : [-2, 2, 8];
        for (int unit = 0; unit < 9; unit++)
        {
            setup.Network.Shape.Layers[0].BiasOf(parameters)[unit] = biases[unit % 3];
        }

        setup.Gradient.Compute(0, null);
        float[] gradient = [.. setup.Network.Gradients];

        for (int i = 0; i < parameters.Length; i++)
        {
            double expected = DifferenceAt(setup, i);
            Assert.AreEqual(expected, gradient[i], 1e-3 * Math.Max(0.05, Math.Abs(expected)), $"parameter {i}");
        }
    }

    [TestMethod]
    public void ForwardWithDropout_LeavesOutInputs_AndForwardDoesNot()
    {
        LayerShape layer = new(1000, 1, 0, HeadActivation.Linear, DropoutRate: 0.25f, L2: 0);
        float[] parameters = [.. Enumerable.Repeat(0.001f, 1000), 0];
        HeadNetwork network = new(new([layer]), parameters, maxRows: 1);
        FastRandom random = new(1);
        Array.Fill(network.Inputs, 1f);

        network.Forward(1);
        float plain = network.OutputsOf(0)[0];
        network.ForwardWithDropout(1, ref random);
        float[] inputs = [.. network.Inputs];

        Assert.AreEqual(1, plain, 1e-5);
        Assert.AreEqual(250, inputs.Count(input => input == 0), 50);
        Assert.AreEqual(inputs.Sum() / 1000, network.OutputsOf(0)[0], 1e-5);
    }

    [TestMethod]
    public void Backward_InputsLeftOut_AgreesWithCentralDifferences()
    {
        HeadShape shape = new(
        [
            new(6, 8, 0, HeadActivation.Tanh, DropoutRate: 0.3f, L2: 0),
            new(8, 2, 56, HeadActivation.Linear, DropoutRate: 0.5f, L2: 0),
        ]);
        HeadNetwork network = new(shape, [.. Enumerable.Range(0, shape.ParameterCount).Select(i => MathF.Sin(i))], maxRows: 3);
        SumOfSquaresWithDropout(network);
        network.Backward(3);
        float[] gradient = [.. network.Gradients];

        for (int i = 0; i < gradient.Length; i++)
        {
            float original = network.Parameters[i];
            double expected = CentralDifference.Of(original, value =>
            {
                network.Parameters[i] = value;
                return SumOfSquaresWithDropout(network);
            });
            network.Parameters[i] = original;
            Assert.AreEqual(expected, gradient[i], 1e-3 * Math.Max(0.5, Math.Abs(expected)), $"parameter {i}");
        }
    }

    /// <summary>Passes forward, always with the same inputs left out, and returns Σ y² with its gradient put in place.</summary>
    private static double SumOfSquaresWithDropout(HeadNetwork network)
    {
        FastRandom random = new(11);
        for (int i = 0; i < network.Inputs.Length; i++)
        {
            network.Inputs[i] = MathF.Cos(3 * i);
        }

        network.ForwardWithDropout(3, ref random);
        double sum = 0;
        for (int row = 0; row < 3; row++)
        {
            for (int i = 0; i < 2; i++)
            {
                float output = network.OutputsOf(row)[i];
                network.LogitsGradientOf(row)[i] = 2 * output;
                sum += (double)output * output;
            }
        }

        return sum;
    }

    private static double DifferenceAt(HeadSetup setup, int index)
    {
        float original = setup.Network.Parameters[index];
        double difference = CentralDifference.Of(original, value =>
        {
            setup.Network.Parameters[index] = value;
            return setup.Gradient.Compute(0, null) + Penalty(setup);
        });
        setup.Network.Parameters[index] = original;
        return difference;
    }

    private static double Penalty(HeadSetup setup)
    {
        double sum = 0;
        foreach (LayerShape layer in setup.Network.Shape.Layers)
        {
            foreach (float weight in layer.WeightsOf(setup.Network.Parameters))
            {
                sum += layer.L2 / 2.0 * weight * weight;
            }
        }

        return sum;
    }
}

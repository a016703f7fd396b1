using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.Training.Losses;

[TestClass]
public sealed class DistillationLossTests
{
    private static readonly float[] Logits = [0.7f, -1.3f, 2.4f, -0.4f, 1.6f];
    private static readonly float[] Label = [0, 1, 0, 0, 0];
    private static readonly float[] TeacherLogits = [3, 2.5f, -1, 0.5f, 0];

    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(1, 0.3)]
    [DataRow(4, 0)]
    [DataRow(4, 0.3)]
    [DataRow(0.5, 1)]
    public void Evaluate_IsTheSumOfBothCrossEntropiesAndItsGradient(double temperature, double labelWeight)
    {
        DistillationLoss loss = new(temperature, labelWeight);
        double expected = labelWeight * CrossEntropy(Label, Logits)
            + (1 - labelWeight) * temperature * temperature * CrossEntropy(ScoresAt(temperature), Scale(Logits, temperature));

        float[] gradient = new float[Logits.Length];
        Assert.AreEqual(expected, Evaluate(loss, Logits, gradient, temperature), 1e-5);
        for (int i = 0; i < Logits.Length; i++)
        {
            int index = i;
            double derivative = CentralDifference.Of(Logits[i], value => Evaluate(loss, With(index, value), new float[Logits.Length], temperature));
            Assert.AreEqual(derivative, gradient[i], 2e-4, $"logit {i}");
        }
    }

    private static double Evaluate(DistillationLoss loss, float[] logits, float[] gradient, double temperature)
    {
        float[] target = [.. Label];
        loss.Mix(target, ScoresAt(temperature));
        float[] outputs = new float[logits.Length];
        TensorPrimitives.SoftMax(logits, outputs);
        return loss.Evaluate(logits, outputs, target, gradient);
    }

    private static float[] ScoresAt(double temperature)
    {
        float[] scores = new float[TeacherLogits.Length];
        TensorPrimitives.SoftMax(Scale(TeacherLogits, temperature), scores);
        return scores;
    }

    private static double CrossEntropy(float[] target, float[] logits)
    {
        double logSum = Math.Log(logits.Sum(logit => Math.Exp(logit)));
        return target.Zip(logits, (t, logit) => t * (logSum - logit)).Sum();
    }

    private static float[] Scale(float[] logits, double temperature) => [.. logits.Select(logit => (float)(logit / temperature))];

    private static float[] With(int index, float value) => [.. Logits.Select((logit, i) => i == index ? value : logit)];
}

using Microsoft.ML.MobileNetV2.Evaluation;

namespace Microsoft.ML.MobileNetV2.Tests.Evaluation;

/// <summary>The temperature that makes probabilities as likely as possible.</summary>
[TestClass]
public sealed class TemperatureScalingTests
{
    private const int Columns = 4;

    /// <summary>The random error of a temperature from 4000 rows; three standard deviations.</summary>
    private const double SamplingError = 0.15;

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(1.0)]
    [DataRow(2.5)]
    public void FitSoftmax_FindsTheTemperatureThatTheClassesWereDrawnWith(double temperature)
    {
        (float[] logits, int[] classes) = Draw(temperature, 4000);

        double found = TemperatureScaling.FitSoftmax(logits, classes);

        Assert.AreEqual(temperature, found, temperature * SamplingError);
        double least = LogLoss(logits, classes, found);
        Assert.IsLessThan(LogLoss(logits, classes, found * 1.01), least);
        Assert.IsLessThan(LogLoss(logits, classes, found / 1.01), least);
    }

    [TestMethod]
    public void FitSoftmax_OfLargerLogits_IsLargerByAsMuch()
    {
        (float[] logits, int[] classes) = Draw(1, 500);

        double found = TemperatureScaling.FitSoftmax([.. logits.Select(logit => (3 * logit) + 1000)], classes);

        Assert.AreEqual(3 * TemperatureScaling.FitSoftmax(logits, classes), found, 1e-3);
    }

    [TestMethod]
    public void FitSigmoid_FindsTheTemperatureThatTheLabelsWereDrawnWith()
    {
        Random random = new(1);
        float[] logits = [.. Enumerable.Range(0, 8000).Select(_ => (float)((8 * random.NextDouble()) - 4))];
        float[] targets = [.. logits.Select(logit => random.NextDouble() < 1 / (1 + Math.Exp(-logit / 2)) ? 1f : 0)];

        Assert.AreEqual(2, TemperatureScaling.FitSigmoid(logits, targets), 2 * SamplingError);
    }

    [TestMethod]
    public void Fit_WhereNoTemperatureIsBest_IsOne()
    {
        Assert.AreEqual(1, TemperatureScaling.FitSoftmax([2, 0, 0, 3], [0, 1]), "all rows are right: the surer the better");
        Assert.AreEqual(1, TemperatureScaling.FitSoftmax([0, 2, 3, 0], [0, 1]), "all rows are wrong: the less sure the better");
        Assert.AreEqual(1, TemperatureScaling.FitSoftmax([], []));
        Assert.AreEqual(1, TemperatureScaling.FitSigmoid([3, -2], [1, 0]));
        Assert.AreEqual(1, TemperatureScaling.FitSigmoid([], []));
    }

    private static (float[] Logits, int[] Classes) Draw(double temperature, int rows)
    {
        Random random = new(7);
        float[] logits = [.. Enumerable.Range(0, rows * Columns).Select(_ => (float)(temperature * 4 * random.NextDouble()))];
        int[] classes = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] weights = [.. logits.Skip(row * Columns).Take(Columns).Select(logit => Math.Exp(logit / temperature))];
            double drawn = random.NextDouble() * weights.Sum();
            while ((drawn -= weights[classes[row]]) > 0 && classes[row] < Columns - 1)
            {
                classes[row]++;
            }
        }

        return (logits, classes);
    }

    private static double LogLoss(float[] logits, int[] classes, double temperature) => Enumerable.Range(0, classes.Length).Average(row =>
    {
        double[] scaled = [.. logits.AsSpan(row * Columns, Columns).ToArray().Select(logit => logit / temperature)];
        return Math.Log(scaled.Sum(Math.Exp)) - scaled[classes[row]];
    });
}

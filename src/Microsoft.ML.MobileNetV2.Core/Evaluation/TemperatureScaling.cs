using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Evaluation;

/// <summary>Finds the temperature by which logits are divided so that their probabilities are as likely as possible (Guo et al. 2017, arXiv:1706.04599).</summary>
/// <remarks>
/// In 1 / temperature the log-loss is convex, so its derivative crosses 0 once at most: the mean difference of the logits that the probabilities expect and
/// those of the true outputs.
/// </remarks>
internal static class TemperatureScaling
{
    // Beyond, probabilities are all the same, or all 0 and 1.
    private const double Smallest = 0.05;
    private const double Largest = 20;
    private const double Accuracy = 1e-6;

    /// <summary>Fits the temperature of a softmax.</summary>
    /// <param name="logits">The logits, row by row.</param>
    /// <param name="classes">The index of the true class of each row.</param>
    /// <returns>The temperature; 1 where none minimizes the log-loss, as when every row is classified right.</returns>
    internal static double FitSoftmax(float[] logits, int[] classes)
    {
        if (classes.Length == 0)
        {
            return 1;
        }

        int columns = logits.Length / classes.Length;
        float[] probabilities = new float[columns];
        return Minimize(inverse =>
        {
            double slope = 0;
            for (int row = 0; row < classes.Length; row++)
            {
                ReadOnlySpan<float> values = logits.AsSpan(row * columns, columns);

                // Differences to the largest logit are exact, and their exponentials do not overflow.
                TensorPrimitives.Subtract(values, TensorPrimitives.Max(values), probabilities);
                float trueDifference = probabilities[classes[row]];
                slope += Expect(probabilities, inverse) - trueDifference;
            }

            return slope;
        });
    }

    /// <summary>Fits the temperature of independent sigmoids.</summary>
    /// <param name="logits">The logits of all rows and outputs.</param>
    /// <param name="targets">The target of each, from 0 to 1.</param>
    /// <returns>The temperature; 1 where none minimizes the log-loss.</returns>
    internal static double FitSigmoid(float[] logits, float[] targets) => logits.Length == 0 ? 1 : Minimize(inverse =>
    {
        double slope = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            slope += logits[i] * ((1 / (1 + Math.Exp(-inverse * logits[i]))) - targets[i]);
        }

        return slope;
    });

    /// <summary>Returns the mean of the differences, weighted with their exponentials.</summary>
    private static double Expect(ReadOnlySpan<float> differences, double inverse)
    {
        double weights = 0;
        double sum = 0;
        foreach (float difference in differences)
        {
            double weight = Math.Exp(inverse * difference);
            weights += weight;
            sum += weight * difference;
        }

        return sum / weights;
    }

    /// <summary>Halves the range of 1 / temperature, on a logarithmic scale, until the place where the growing slope crosses 0 is known.</summary>
    private static double Minimize(Func<double, double> slope)
    {
        double low = Math.Log(1 / Largest);
        double high = Math.Log(1 / Smallest);
        if (slope(Math.Exp(low)) >= 0 || slope(Math.Exp(high)) <= 0)
        {
            return 1;
        }

        while (high - low > Accuracy)
        {
            double middle = (low + high) / 2;
            (low, high) = slope(Math.Exp(middle)) < 0 ? (middle, high) : (low, middle);
        }

        return Math.Exp(-(low + high) / 2);
    }
}

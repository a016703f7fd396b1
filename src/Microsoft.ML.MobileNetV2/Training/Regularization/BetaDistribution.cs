namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Samples from the symmetric beta distribution, as the quotient of two gamma samples.</summary>
internal static class BetaDistribution
{
    /// <summary>Returns a number from 0 to 1.</summary>
    internal static double Sample(Random random, double alpha)
    {
        // In logarithms: for a small α both gamma samples may be too small for a double.
        double first = SampleLogGamma(random, alpha);
        double second = SampleLogGamma(random, alpha);
        return 1 / (1 + Math.Exp(second - first));
    }

    /// <summary>Samples the logarithm of a gamma variable (Marsaglia and Tsang, 2000), from shape α + 1 so that α may be below 1.</summary>
    private static double SampleLogGamma(Random random, double alpha)
    {
        double d = alpha + 1 - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = SampleNormal(random);
            double v = Math.Pow(1 + c * normal, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
            {
                return Math.Log(d * v) + Math.Log(1 - random.NextDouble()) / alpha;
            }
        }
    }

    private static double SampleNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Standardizes features to mean 0 and deviation about 1, which lets the optimizer take larger steps; heads are written back without it.</summary>
internal sealed class FeatureScaler
{
    private readonly float[] _mean;
    private readonly float[] _factor;

    private FeatureScaler(float[] mean, float[] factor)
    {
        _mean = mean;
        _factor = factor;
    }

    internal static FeatureScaler None(int featureCount)
    {
        float[] factor = new float[featureCount];
        Array.Fill(factor, 1);
        return new(new float[featureCount], factor);
    }

    internal static FeatureScaler Fit(HeadDataset data)
    {
        double[] mean = new double[data.FeatureCount];
        double[] variance = new double[data.FeatureCount];
        Accumulate(data, mean, (value, _) => value);
        Accumulate(data, variance, (value, center) => (value - center) * (value - center), mean);
        double typicalVariance = variance.Average();
        float[] factor = new float[data.FeatureCount];
        for (int i = 0; i < factor.Length; i++)
        {
            factor[i] = FactorOf(variance[i], typicalVariance, data.RowCount);
        }

        return new([.. mean.Select(value => (float)value)], factor);
    }

    internal void Apply(ReadOnlySpan<float> features, Span<float> scaled)
    {
        TensorPrimitives.Subtract(features, _mean, scaled);
        TensorPrimitives.Multiply(scaled, _factor, scaled);
    }

    /// <summary>Changes the first layer from scaled features to the features as they are.</summary>
    internal void Fold(LayerShape first, float[] parameters)
    {
        for (int unit = 0; unit < first.Units; unit++)
        {
            Span<float> weights = first.WeightsOf(parameters).Slice(unit * first.Inputs, first.Inputs);
            TensorPrimitives.Multiply(weights, _factor, weights);
            first.BiasOf(parameters)[unit] -= DotWithMean(weights);
        }
    }

    /// <summary>Changes the first layer from the features as they are to scaled ones.</summary>
    internal void Unfold(LayerShape first, float[] parameters)
    {
        for (int unit = 0; unit < first.Units; unit++)
        {
            Span<float> weights = first.WeightsOf(parameters).Slice(unit * first.Inputs, first.Inputs);
            first.BiasOf(parameters)[unit] += DotWithMean(weights);
            TensorPrimitives.Divide(weights, _factor, weights);
        }
    }

    /// <summary>
    /// Returns 1 / deviation. Few rows tell little about the deviation of one feature, and one that does not vary among them may vary
    /// among others; so the variance is mixed with the mean variance of all features, which counts as much as a hundred rows.
    /// </summary>
    private static float FactorOf(double variance, double typicalVariance, int rowCount)
    {
        const double TypicalRows = 100;
        double mixed = (rowCount * variance + TypicalRows * typicalVariance) / (rowCount + TypicalRows);
        return mixed > 0 ? (float)(1 / Math.Sqrt(mixed)) : 1;
    }

    private static void Accumulate(HeadDataset data, double[] sums, Func<double, double, double> term, double[]? centers = null)
    {
        for (int row = 0; row < data.RowCount; row++)
        {
            ReadOnlySpan<float> features = data.FeaturesOf(row);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += term(features[i], centers is null ? 0 : centers[i]);
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] /= data.RowCount;
        }
    }

    private float DotWithMean(ReadOnlySpan<float> weights)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += (double)weights[i] * _mean[i];
        }

        return (float)sum;
    }
}

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Accumulates the errors of predicted numbers.</summary>
internal sealed class ValueErrors(int outputCount)
{
    private readonly double[] _mean = new double[outputCount];
    private double _variation;
    private double _absolute;
    private double _squared;
    private double _weight;

    /// <summary>Gets or sets all sums.</summary>
    internal double[] Sums
    {
        get => [_variation, _absolute, _squared, _weight, .. _mean];
        set
        {
            (_variation, _absolute, _squared, _weight) = (value[0], value[1], value[2], value[3]);
            value.AsSpan(4).CopyTo(_mean);
        }
    }

    internal void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, double weight)
    {
        if (weight == 0)
        {
            return;
        }

        _weight += weight;
        for (int i = 0; i < outputs.Length; i++)
        {
            double error = (double)outputs[i] - targets[i];
            _absolute += weight * Math.Abs(error);
            _squared += weight * error * error;

            // The running mean (Welford) keeps the variance right for targets that are large against their spread.
            double difference = targets[i] - _mean[i];
            _mean[i] += difference * weight / _weight;
            _variation += weight * difference * (targets[i] - _mean[i]);
        }
    }

    internal TrainingMetrics ToMetrics(double loss) => new()
    {
        Loss = loss,
        MeanAbsoluteError = _absolute / (_weight * _mean.Length),
        RootMeanSquaredError = Math.Sqrt(_squared / (_weight * _mean.Length)),
        RSquared = _variation > 0 ? 1 - _squared / _variation : double.NaN,
    };
}

using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Standardizes target numbers to mean 0 and deviation 1, so that prices in thousands are learned as fast as fractions; heads are written back without it.</summary>
/// <remarks>One factor for all outputs keeps the requested loss, up to a factor.</remarks>
internal sealed class TargetScaler
{
    private readonly float[] _mean;
    private readonly double _deviation;
    private readonly double _lossFactor;

    private TargetScaler(float[] mean, double deviation, double lossFactor)
    {
        _mean = mean;
        _deviation = deviation;
        _lossFactor = lossFactor;
    }

    /// <summary>Gets whether targets change at all.</summary>
    internal bool IsActive => _mean.Length > 0;

    /// <summary>Creates a scaler for numbers from a linear layer, whose weights can undo it; others stay as they are.</summary>
    internal static TargetScaler Create(HeadTargets targets, HeadLoss loss, HeadActivation activation)
    {
        bool canScale = targets.Kind == TargetKind.Values && activation == HeadActivation.Linear;
        return canScale && loss is (HeadLoss.MeanSquaredError or HeadLoss.MeanAbsoluteError)
            ? Fit(targets, loss)
            : new([], 1, 1);
    }

    internal void Apply(Span<float> target)
    {
        for (int i = 0; i < _mean.Length; i++)
        {
            target[i] = (float)(((double)target[i] - _mean[i]) / _deviation);
        }
    }

    internal double RestoreLoss(double loss) => loss * _lossFactor;

    internal TrainingMetrics Restore(TrainingMetrics metrics) => metrics.Scale(RestoreLoss(metrics.Loss), _deviation);

    /// <summary>Changes the last layer from scaled numbers to the numbers as they are.</summary>
    internal void Fold(LayerShape last, float[] parameters)
    {
        Scale(last, parameters, _deviation);
        Shift(last, parameters, 1);
    }

    /// <summary>Changes the last layer from the numbers as they are to scaled ones.</summary>
    internal void Unfold(LayerShape last, float[] parameters)
    {
        Shift(last, parameters, -1);
        Scale(last, parameters, 1 / _deviation);
    }

    private static TargetScaler Fit(HeadTargets targets, HeadLoss loss)
    {
        int count = targets.OutputCount;
        double[] mean = new double[count];
        double variance = 0;
        for (int row = 0; row < targets.RowCount; row++)
        {
            ReadOnlySpan<float> values = targets.ValuesOf(row);
            for (int i = 0; i < count; i++)
            {
                // The running mean (Welford) keeps the variance right for numbers that are large against their spread.
                double difference = values[i] - mean[i];
                mean[i] += difference / (row + 1);
                variance += difference * (values[i] - mean[i]);
            }
        }

        double deviation = Math.Sqrt(variance / ((double)targets.RowCount * count));
        deviation = deviation > 0 ? deviation : 1;
        return new([.. mean.Select(value => (float)value)], deviation, loss == HeadLoss.MeanSquaredError ? deviation * deviation : deviation);
    }

    private static void Scale(LayerShape last, float[] parameters, double factor)
    {
        foreach (ref float parameter in parameters.AsSpan(last.WeightStart, last.End - last.WeightStart))
        {
            parameter = (float)(parameter * factor);
        }
    }

    private void Shift(LayerShape last, float[] parameters, int sign)
    {
        for (int i = 0; i < _mean.Length; i++)
        {
            last.BiasOf(parameters)[i] += sign * _mean[i];
        }
    }
}

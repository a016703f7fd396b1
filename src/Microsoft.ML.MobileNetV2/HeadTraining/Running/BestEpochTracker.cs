namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Tracks the best epoch by a validation metric, and when progress ends.</summary>
internal sealed class BestEpochTracker(EarlyStoppingOptions? options, int parameterCount)
{
    private readonly TrainingMetric _metric = options?.Metric ?? TrainingMetric.Loss;
    private readonly float[] _parameters = new float[parameterCount];
    private double _progressMark = double.NaN;
    private int _epochsWithoutProgress;
    private TrainingMetrics? _best;

    /// <summary>Gets the number of the best epoch; 0 when there is none.</summary>
    internal int Epoch { get; private set; }

    internal bool IsProgressOver => options is not null && _epochsWithoutProgress >= options.Patience;

    /// <summary>Adds an epoch; without validation rows the last one is the best.</summary>
    internal void Add(EpochResult epoch, float[] parameters)
    {
        if (epoch.Validation is { } validation)
        {
            Add(epoch.Epoch, validation, parameters);
        }
        else
        {
            Keep(epoch.Epoch, epoch.Training, parameters);
        }
    }

    /// <summary>Adds what was measured on the validation rows.</summary>
    internal void Add(int epoch, TrainingMetrics metrics, float[] parameters)
    {
        double value = ValueOf(metrics);
        if (_best is null || value > ValueOf(_best) || (value == ValueOf(_best) && metrics.Loss < _best.Loss))
        {
            Keep(epoch, metrics, parameters);
        }

        if (double.IsNaN(_progressMark) || value > _progressMark + (options?.MinDelta ?? 0))
        {
            _progressMark = value;
            _epochsWithoutProgress = 0;
        }
        else
        {
            _epochsWithoutProgress++;
        }
    }

    private void Keep(int epoch, TrainingMetrics metrics, float[] parameters)
    {
        Epoch = epoch;
        _best = metrics;
        parameters.CopyTo(_parameters, 0);
    }

    /// <summary>Gets the parameters of the best epoch; null where no epoch was kept.</summary>
    internal float[]? Best => _best is null ? null : _parameters;

    /// <summary>Returns a number that grows with progress.</summary>
    private double ValueOf(TrainingMetrics metrics)
    {
        double value = metrics.Get(_metric);
        bool isSmallGood = _metric is TrainingMetric.Loss or TrainingMetric.MeanAbsoluteError or TrainingMetric.RootMeanSquaredError;
        return isSmallGood ? -value : value;
    }
}

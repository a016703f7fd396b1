using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Fills batches: shuffled rows with scaled features, smoothed targets and weights, mixed where MixUp is on.</summary>
internal sealed class BatchLoader : IParallelBody
{
    /// <summary>Numbers that are worth waking another thread for.</summary>
    private const int NumbersPerPart = 16_384;

    private readonly HeadDataset _data;
    private readonly FeatureScaler _scaler;
    private readonly TargetScaler _targetScaler;
    private readonly float[] _rowWeights;
    private readonly TargetSmoothing _smoothing;
    private readonly MixUp? _mixUp;
    private readonly int[] _order;
    private readonly float[] _inputs;
    private readonly int _outputCount;
    private readonly int _rowsPerPart;
    private int _first;
    private int _count;

    internal BatchLoader(
        HeadDataset data, FeatureScaler scaler, TargetScaler targetScaler, HeadTrainerOptions options, HeadNetwork network)
    {
        _data = data;
        _scaler = scaler;
        _targetScaler = targetScaler;
        _rowsPerPart = Math.Max(1, NumbersPerPart / data.FeatureCount);
        _rowWeights = RowWeighting.Compute(data, options);
        _outputCount = network.Shape.OutputCount;
        _smoothing = new(options.LabelSmoothing, network.Shape.Layers[^1].Activation);
        _order = [.. Enumerable.Range(0, data.RowCount)];
        _inputs = network.Inputs;
        int size = Math.Min(options.BatchSize, data.RowCount);
        Targets = new float[size * _outputCount];
        Weights = new float[size];
        _mixUp = options.MixUpAlpha > 0 ? new(options.MixUpAlpha, options.Seed, size, data.FeatureCount) : null;
    }

    internal float[] Targets { get; }

    internal float[] Weights { get; }

    internal int BatchCount => (_order.Length + Weights.Length - 1) / Weights.Length;

    internal ReadOnlySpan<float> TargetsOf(int row) => Targets.AsSpan(row * _outputCount, _outputCount);

    /// <summary>Returns the row of the data set that is in a place of the loaded batch.</summary>
    internal int RowAt(int index) => _order[_first + index];

    void IParallelBody.RunPart(int part)
    {
        int end = Math.Min(_count, (part + 1) * _rowsPerPart);
        for (int i = part * _rowsPerPart; i < end; i++)
        {
            int row = _order[_first + i];
            _scaler.Apply(_data.FeaturesOf(row), _inputs.AsSpan(i * _data.FeatureCount, _data.FeatureCount));
            Span<float> target = Targets.AsSpan(i * _outputCount, _outputCount);
            _data.Targets.Write(row, target);
            _data.Teacher?.ReplaceMissingLabel(row, target);
            _targetScaler.Apply(target);
            _smoothing.Apply(target);
            _data.Teacher?.Mix(row, target);
            Weights[i] = _rowWeights[row];
        }
    }

    internal void Shuffle(Random random) => random.Shuffle(_order);

    /// <summary>Loads a batch of the epoch and returns its number of rows.</summary>
    internal int Load(int batch)
    {
        _first = batch * Weights.Length;
        _count = Math.Min(Weights.Length, _order.Length - _first);
        ParallelLoop.Run((_count + _rowsPerPart - 1) / _rowsPerPart, this);
        _mixUp?.Apply(_inputs, Targets, Weights, _count);
        return _count;
    }
}

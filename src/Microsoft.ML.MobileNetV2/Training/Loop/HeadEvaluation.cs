namespace Microsoft.ML.MobileNetV2;

/// <summary>Measures a network on a data set: without dropout, smoothing, mixtures and weights of classes.</summary>
internal sealed class HeadEvaluation(HeadDataset data, FeatureScaler scaler, RowLoss rowLoss, HeadLoss loss) : IParallelBody
{
    private const int RowsPerPart = 16;
    private HeadNetwork? _network;
    private int _first;
    private int _count;

    void IParallelBody.RunPart(int part)
    {
        int end = Math.Min(_count, (part + 1) * RowsPerPart);
        for (int i = part * RowsPerPart; i < end; i++)
        {
            scaler.Apply(data.FeaturesOf(_first + i), _network!.Inputs.AsSpan(i * data.FeatureCount, data.FeatureCount));
        }
    }

    internal TrainingMetrics Measure(HeadNetwork network)
    {
        _network = network;
        int outputs = network.Shape.OutputCount;
        var metrics = MetricAccumulator.Create(data.Targets.Kind, outputs, loss);
        float[] target = new float[outputs];
        float[] gradient = new float[outputs];
        for (_first = 0; _first < data.RowCount; _first += network.MaxRows)
        {
            _count = Math.Min(network.MaxRows, data.RowCount - _first);
            ParallelLoop.Run((_count + RowsPerPart - 1) / RowsPerPart, this);
            network.Forward(_count);
            for (int row = 0; row < _count; row++)
            {
                data.Targets.Write(_first + row, target);
                double rowLossValue = rowLoss.Evaluate(network.LogitsOf(row), network.OutputsOf(row), target, gradient);
                metrics.Add(network.OutputsOf(row), target, rowLossValue, data.WeightOf(_first + row));
            }
        }

        return metrics.ToMetrics();
    }
}

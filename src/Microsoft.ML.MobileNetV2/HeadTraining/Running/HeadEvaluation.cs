using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Measures a network on a data set: without dropout, smoothing, mixtures and weights of classes.</summary>
internal sealed class HeadEvaluation(HeadSetup setup, HeadDataset data) : IParallelBody
{
    private const int RowsPerPart = 16;
    private int _first;
    private int _count;

    void IParallelBody.RunPart(int part)
    {
        int end = Math.Min(_count, (part + 1) * RowsPerPart);
        for (int i = part * RowsPerPart; i < end; i++)
        {
            setup.Scaler.Apply(data.FeaturesOf(_first + i), setup.Network.Inputs.AsSpan(i * data.FeatureCount, data.FeatureCount));
        }
    }

    internal TrainingMetrics Measure()
    {
        HeadNetwork network = setup.Network;
        MetricAccumulator metrics = setup.NewMetrics();
        float[] target = new float[network.Shape.OutputCount];
        float[] gradient = new float[target.Length];
        for (_first = 0; _first < data.RowCount; _first += network.MaxRows)
        {
            _count = Math.Min(network.MaxRows, data.RowCount - _first);
            ParallelLoop.Run((_count + RowsPerPart - 1) / RowsPerPart, this);
            network.Forward(_count);
            for (int row = 0; row < _count; row++)
            {
                data.Targets.Write(_first + row, target);
                setup.TargetScaler.Apply(target);
                double loss = setup.EvaluationLoss.Evaluate(network.LogitsOf(row), network.OutputsOf(row), target, gradient);
                metrics.Add(network.OutputsOf(row), target, loss, data.WeightOf(_first + row));
            }
        }

        return setup.TargetScaler.Restore(metrics.ToMetrics());
    }
}

using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Accumulates rows to <see cref="TrainingMetrics"/>.</summary>
internal sealed class MetricAccumulator(TargetKind kind, int outputCount, float threshold)
{
    private readonly ClassCounts _classes = new(kind == TargetKind.Classes ? Math.Max(2, outputCount) : outputCount);
    private readonly ValueErrors _values = new(outputCount);
    private double _loss;
    private double _weight;
    private double _right;

    /// <summary>Gets or sets all sums, so that they can be continued elsewhere.</summary>
    internal double[] Sums
    {
        get => [_loss, _weight, _right, .. kind == TargetKind.Values ? _values.Sums : _classes.Sums];
        set
        {
            (_loss, _weight, _right) = (value[0], value[1], value[2]);
            if (kind == TargetKind.Values)
            {
                _values.Sums = value[3..];
            }
            else
            {
                _classes.Sums = value[3..];
            }
        }
    }

    /// <summary>Creates sums for a head; outputs above the threshold mean yes.</summary>
    internal static MetricAccumulator Create(TargetKind kind, int outputCount, HeadLoss loss) =>
        new(kind, outputCount, DecisionThreshold(loss));

    /// <summary>Returns the output above which a head that was trained with a loss means yes.</summary>
    internal static float DecisionThreshold(HeadLoss loss) => loss == HeadLoss.SquaredHinge ? 0 : 0.5f;

    /// <summary>Adds a row.</summary>
    /// <param name="outputs">The outputs of the head.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="loss">The row's loss.</param>
    /// <param name="weight">How much the row counts.</param>
    internal void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, double loss, double weight)
    {
        _loss += loss * weight;
        _weight += weight;
        switch (kind)
        {
            case TargetKind.Values:
                _values.Add(outputs, targets, weight);
                break;
            case TargetKind.Classes:
                AddClass(outputs, targets, weight);
                break;
            default:
                AddLabels(outputs, targets, weight);
                break;
        }
    }

    internal TrainingMetrics ToMetrics()
    {
        double loss = _loss / _weight;
        return kind == TargetKind.Values
            ? _values.ToMetrics(loss)
            : new()
            {
                Loss = loss,
                Accuracy = _right / _weight,
                MacroAccuracy = _classes.MeanRecall(),
                MacroF1 = _classes.MeanF1(),
            };
    }

    private void AddClass(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, double weight)
    {
        bool isSingle = outputs.Length == 1;
        int predicted = isSingle ? (outputs[0] > threshold ? 1 : 0) : TensorPrimitives.IndexOfMax(outputs);
        int actual = isSingle ? (targets[0] > 0.5f ? 1 : 0) : TensorPrimitives.IndexOfMax(targets);
        _right += predicted == actual ? weight : 0;
        _classes.AddPredicted(predicted, weight, predicted == actual);
        _classes.AddActual(actual, weight);
    }

    private void AddLabels(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, double weight)
    {
        int right = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            bool predicted = outputs[i] > threshold;
            bool actual = targets[i] > 0.5f;
            right += predicted == actual ? 1 : 0;
            if (predicted)
            {
                _classes.AddPredicted(i, weight, actual);
            }

            if (actual)
            {
                _classes.AddActual(i, weight);
            }
        }

        _right += weight * right / outputs.Length;
    }
}

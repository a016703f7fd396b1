using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Computes loss and gradients of a batch through head and backbone, and updates both.</summary>
/// <param name="network">The backbone.</param>
/// <param name="head">The dense layers on its features.</param>
/// <param name="loss">The loss of a row.</param>
internal sealed class TrainingStep(TrainableNetwork network, HeadNetwork head, RowLoss loss)
{
    private readonly float[] _featureGradients = new float[head.MaxRows * network.FeatureCount];

    /// <summary>Computes the gradients of the images that are the network's input.</summary>
    /// <param name="part">Which rows of the batch they are.</param>
    /// <param name="targets">The targets of the batch, row by row.</param>
    /// <param name="weights">How much each of its rows counts.</param>
    /// <param name="usesBatchStatistics">Whether batch norm is trained.</param>
    /// <param name="metrics">Takes the outputs; null for nobody.</param>
    /// <returns>What they add to the mean loss of the batch.</returns>
    internal double ComputeGradients(
        BatchPart part, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, bool usesBatchStatistics, MetricAccumulator? metrics)
    {
        network.Forward(part.Count, usesBatchStatistics);
        TakeFeatures(part.Count);
        head.Forward(part.Count);
        double sum = 0;
        int outputs = head.Shape.OutputCount;
        for (int row = 0; row < part.Count; row++)
        {
            ReadOnlySpan<float> target = targets.Slice((part.First + row) * outputs, outputs);
            float weight = weights[part.First + row];
            Span<float> gradient = head.LogitsGradientOf(row);
            double rowLoss = loss.Evaluate(head.LogitsOf(row), head.OutputsOf(row), target, gradient);
            TensorPrimitives.Multiply(gradient, weight / part.BatchRows, gradient);
            metrics?.Add(head.OutputsOf(row), target, rowLoss, weight);
            sum += rowLoss * weight;
        }

        if (double.IsFinite(sum))
        {
            Backward(part.Count);
        }

        return sum / part.BatchRows;
    }

    /// <summary>Makes the features of the batch the input of the head.</summary>
    private void TakeFeatures(int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            network.FeaturesOf(row).CopyTo(head.Inputs.AsSpan(row * network.FeatureCount));
        }
    }

    private void Backward(int rows)
    {
        head.Backward(rows);
        head.BackwardFeatures(rows, _featureGradients.AsSpan(0, rows * network.FeatureCount));
        for (int row = 0; row < rows; row++)
        {
            _featureGradients.AsSpan(row * network.FeatureCount, network.FeatureCount).CopyTo(network.FeaturesGradientOf(row));
        }

        network.Backward();
    }
}

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

    /// <summary>Computes the gradients of the batch whose images are the network's input.</summary>
    /// <param name="rows">The number of images.</param>
    /// <param name="targets">The targets, row by row.</param>
    /// <param name="weights">How much each row counts.</param>
    /// <param name="usesBatchStatistics">Whether batch norm is trained.</param>
    /// <param name="metrics">Takes the outputs; null for nobody.</param>
    /// <returns>The mean loss.</returns>
    internal double ComputeGradients(int rows, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, bool usesBatchStatistics, MetricAccumulator? metrics)
    {
        network.Forward(rows, usesBatchStatistics);
        TakeFeatures(rows);
        head.Forward(rows);
        double sum = 0;
        int outputs = head.Shape.OutputCount;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> target = targets.Slice(row * outputs, outputs);
            Span<float> gradient = head.LogitsGradientOf(row);
            double rowLoss = loss.Evaluate(head.LogitsOf(row), head.OutputsOf(row), target, gradient);
            TensorPrimitives.Multiply(gradient, weights[row] / rows, gradient);
            metrics?.Add(head.OutputsOf(row), target, rowLoss, weights[row]);
            sum += rowLoss * weights[row];
        }

        if (double.IsFinite(sum))
        {
            Backward(rows);
        }

        return sum / rows;
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

using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Computes loss and gradient of one batch.</summary>
internal sealed class GradientStep(
    HeadNetwork network, RowLoss loss, BatchLoader batches, GradientRegularization regularization, int seed)
{
    private FastRandom _dropout = new((ulong)seed ^ 0x44726F70);

    /// <summary>Computes the gradient of a batch, penalties included, and returns the mean loss, penalties not included.</summary>
    internal double Compute(int batch, MetricAccumulator? metrics)
    {
        int rows = batches.Load(batch);
        network.ForwardWithDropout(rows, ref _dropout);
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> targets = batches.TargetsOf(row);
            Span<float> gradient = network.LogitsGradientOf(row);
            float weight = batches.Weights[row];
            double rowLoss = loss.Evaluate(network.LogitsOf(row), network.OutputsOf(row), targets, gradient);
            TensorPrimitives.Multiply(gradient, weight / rows, gradient);
            metrics?.Add(network.OutputsOf(row), targets, rowLoss, weight);
            sum += rowLoss * weight;
        }

        if (double.IsFinite(sum))
        {
            network.Backward(rows);
            regularization.Apply(network.Parameters, network.Gradients);
        }

        return sum / rows;
    }
}

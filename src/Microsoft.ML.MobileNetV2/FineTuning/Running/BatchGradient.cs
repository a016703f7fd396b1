using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Computes loss and gradients of a batch, in several passes where it is larger than what is in memory at once.</summary>
internal sealed class BatchGradient
{
    private readonly TrainableNetwork _network;
    private readonly HeadSetup _setup;
    private readonly NetworkInputs _inputs;
    private readonly TrainingStep _step;
    private readonly float[] _backboneSum;
    private readonly float[] _headSum;
    private readonly ImageMixture? _mixture;
    private readonly float[] _partner;

    /// <param name="network">The backbone; the images of its batch are those of a pass.</param>
    /// <param name="setup">The head and its batches.</param>
    /// <param name="inputs">What the network takes for the training rows.</param>
    /// <param name="options">The options.</param>
    internal BatchGradient(TrainableNetwork network, HeadSetup setup, NetworkInputs inputs, FineTuningOptions options)
    {
        _network = network;
        _setup = setup;
        _inputs = inputs;
        _step = new(network, setup.Network, setup.Loss);
        bool isDivided = options.BatchSize > network.State.Shape.BatchSize;
        _backboneSum = new float[isDivided ? network.Gradients.Length : 0];
        _headSum = new float[isDivided ? setup.Network.Gradients.Length : 0];
        _mixture = options.MixesImages ? new(options, setup.Options.Seed, network.InputLayout) : null;
        _partner = new float[options.MixesImages ? network.InputLength : 0];
    }

    /// <summary>Computes the gradients of a batch.</summary>
    /// <param name="step">The step of the training.</param>
    /// <param name="batch">The index of the batch.</param>
    /// <param name="usesBatchStatistics">Whether batch norm is trained, on the images of each pass.</param>
    /// <param name="metrics">Takes the outputs.</param>
    /// <returns>The mean loss; where it is not finite, there are no gradients.</returns>
    internal double Compute(int step, int batch, bool usesBatchStatistics, MetricAccumulator metrics)
    {
        int rows = _setup.Batches.Load(batch);
        _mixture?.Begin(step, _setup.Batches, rows);
        int passSize = _network.State.Shape.BatchSize;
        double loss = 0;
        for (int first = 0; first < rows; first += passSize)
        {
            BatchPart part = new(first, Math.Min(passSize, rows - first), rows);
            for (int i = 0; i < part.Count; i++)
            {
                LoadInput(first + i, _network.InputOf(i));
            }

            loss += _step.ComputeGradients(part, _setup.Batches.Targets, _setup.Batches.Weights, usesBatchStatistics, metrics);
            if (part.Count < rows)
            {
                Accumulate(_network.Gradients, _backboneSum, part);
                Accumulate(_setup.Network.Gradients, _headSum, part);
            }
        }

        return loss;
    }

    private void LoadInput(int row, Span<float> destination)
    {
        _inputs.Read(_setup.Batches.RowAt(row), destination);
        if (_mixture is not null)
        {
            _inputs.Read(_setup.Batches.RowAt(_mixture.PartnerOf(row)), _partner);
            _mixture.Apply(destination, _partner);
        }
    }

    private static void Accumulate(float[] gradients, float[] sum, BatchPart part)
    {
        if (part.First == 0)
        {
            gradients.CopyTo(sum, 0);
            return;
        }

        TensorPrimitives.Add(sum, gradients, sum);
        if (part.IsLast)
        {
            sum.CopyTo(gradients, 0);
        }
    }
}

using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Trains the last blocks of a backbone together with a head, on what the frozen blocks before them give.</summary>
internal sealed class FineTuner
{
    private readonly FineTuningOptions _options;
    private readonly MobileNetV2Weights _weights;
    private readonly TrainingShape _shape;
    private TrainableNetwork? _network;

    /// <param name="options">The options.</param>
    /// <param name="weights">The weights to start from; batch norm may be folded.</param>
    /// <param name="inputSize">Height and width of the images in pixels.</param>
    /// <param name="partCount">The parts of a batch that run at the same time.</param>
    /// <exception cref="InvalidOperationException">The options do not fit the network.</exception>
    /// <exception cref="IOException">The path of the checkpoint is a folder, or its folder does not exist.</exception>
    internal FineTuner(FineTuningOptions options, MobileNetV2Weights weights, int inputSize, int partCount)
    {
        _options = options;
        _weights = weights;
        MobileNetV2Architecture architecture = weights.Description.Architecture;
        double epsilon = BatchNormFolding.DecimalEpsilon(weights.Description.BatchNormEpsilon);
        _shape = new(architecture, weights.Description.Padding, inputSize, options.BatchSize, epsilon)
        {
            FirstBlock = Math.Max(0, architecture.BlockCount + 1 - options.UnfrozenBlocks),
            PartCount = partCount,
        };
        RequireFit(architecture);
        if (options.CheckpointPath is { } path)
        {
            CheckpointFile.RequireFolder(path);
        }
    }

    /// <summary>Creates the frozen beginning of the network.</summary>
    internal PrefixNetwork CreatePrefix() => new(_weights, _shape, TrainingKernels.Widest);

    /// <summary>Computes the features of images by the backbone as it is.</summary>
    /// <param name="inputs">What the frozen blocks gave, image by image.</param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    internal float[] ComputeFeatures(ReadOnlyMemory<float> inputs, CancellationToken cancellationToken)
    {
        TrainableNetwork network = LoadNetwork();
        int count = inputs.Length / network.InputLength;
        float[] features = new float[checked(count * network.FeatureCount)];
        new FeatureRun(network, inputs).ForEach(count, (row, rowFeatures) => rowFeatures.CopyTo(features.AsSpan(row * network.FeatureCount)), cancellationToken);
        return features;
    }

    /// <summary>Trains backbone and head.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="head">The options of the head.</param>
    /// <param name="start">The head that was trained on the frozen backbone.</param>
    /// <param name="progress">Receives progress updates.</param>
    /// <param name="cancellationToken">Ends the training between two batches.</param>
    /// <exception cref="InvalidOperationException">
    /// The loss or a weight became infinite or NaN: the learning rate is too high. Or the checkpoint is of another training.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was canceled, and the options of the head want it thrown.</exception>
    internal FineTuningResult Fit(
        FineTuningData data, HeadTrainerOptions head, DenseHead start, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        HeadSetup setup = new(_options.ForHead(head), data.Training, start);
        TrainableNetwork network = LoadNetwork();
        if (_options.BatchNorm == BatchNormHandling.Trained)
        {
            new BatchNormRecovery(network).Run(data.TrainingInputs, cancellationToken);
        }

        CheckpointFile? checkpoint = _options.CheckpointPath is { } path ? new(path, RunIdentity.Of(_options, _shape, setup, network, data)) : null;
        return new FineTuningRun(_options, setup, network, _weights, data, checkpoint, progress, cancellationToken).Run();
    }

    /// <summary>Returns the network with the weights to start from; its memory is allocated once.</summary>
    private TrainableNetwork LoadNetwork()
    {
        _network ??= new(_shape);
        new ParameterMap(_network.State).Load(_weights);
        return _network;
    }

    private void RequireFit(MobileNetV2Architecture architecture)
    {
        if (_shape.FirstBlock == 0 && architecture.Blocks[0].HasShortcut)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"FineTuning.UnfrozenBlocks is {_options.UnfrozenBlocks}, but a network of width {architecture.WidthMultiplier} can be trained from its second block on: set at most {architecture.BlockCount}."));
        }
    }
}

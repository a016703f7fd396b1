using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Trains the last blocks of a backbone together with a head, on what the frozen blocks before them give.</summary>
internal sealed class FineTuner
{
    private readonly FineTuningOptions _options;
    private readonly MobileNetV2Weights _weights;
    private readonly TrainingShape _shape;
    private readonly MemoryEstimate _memory;
    private readonly long _availableMemory;
    private TrainableNetwork? _network;

    /// <param name="options">The options.</param>
    /// <param name="weights">The weights to start from; batch norm may be folded.</param>
    /// <param name="inputSize">Height and width of the images in pixels.</param>
    /// <param name="partCount">The parts of a batch that run at the same time.</param>
    /// <param name="availableMemory">The bytes of memory that the process may use; null for those of the machine or container.</param>
    /// <exception cref="InvalidOperationException">The options do not fit the network, or the training does not fit into memory.</exception>
    /// <exception cref="IOException">The path of the checkpoint is a folder, or its folder or that of the cache does not exist.</exception>
    internal FineTuner(FineTuningOptions options, MobileNetV2Weights weights, int inputSize, int partCount, long? availableMemory = null)
    {
        _options = options;
        _weights = weights;
        MobileNetV2Architecture architecture = weights.Description.Architecture;
        double epsilon = BatchNormFolding.DecimalEpsilon(weights.Description.BatchNormEpsilon);
        _shape = new(architecture, weights.Description.Padding, inputSize, options.PassSize, epsilon)
        {
            FirstBlock = Math.Max(0, architecture.BlockCount + 1 - options.UnfrozenBlocks),
            PartCount = partCount,
        };
        RequireFit(architecture);
        _memory = EstimateMemory(isDivided: options.PassSize < options.BatchSize);
        _availableMemory = availableMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        RequireMemory(cached: 0);
        if (options.CheckpointPath is { } path)
        {
            CheckpointFile.RequireFolder(path);
        }

        if (options.CacheFolder is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' of FineTuning.CacheFolder does not exist; create it first.");
        }
    }

    /// <summary>Creates the frozen beginning of the network.</summary>
    internal PrefixNetwork CreatePrefix() => new(_weights, _shape, TrainingKernels.Widest);

    /// <summary>Creates a cache for what the frozen blocks give; the caller disposes it.</summary>
    /// <param name="rowLength">Numbers of a row.</param>
    /// <param name="rowCount">The rows to come; 0 where it is unknown.</param>
    /// <exception cref="InvalidOperationException">The rows that may be in memory do not fit beside the training.</exception>
    internal InputCache CreateCache(int rowLength, long rowCount)
    {
        // Half of what is left, since images are decoded, and other programs run.
        long budget = _options.MaxCacheMemory ?? Math.Max(0, _availableMemory - _memory.Of(_options.PassSize)) / 2;
        RequireMemory(Math.Min(budget, rowCount * rowLength * sizeof(float)));
        return new(rowLength, budget, new(_options.CacheFolder ?? Path.GetTempPath()));
    }

    /// <summary>Computes the features of images by the backbone as it is.</summary>
    /// <param name="inputs">What the frozen blocks gave.</param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    internal float[] ComputeFeatures(NetworkInputs inputs, CancellationToken cancellationToken)
    {
        TrainableNetwork network = LoadNetwork();
        float[] features = new float[checked(inputs.RowCount * network.FeatureCount)];
        new FeatureRun(network, inputs).ForEach(inputs.RowCount, (row, rowFeatures) => rowFeatures.CopyTo(features.AsSpan(row * network.FeatureCount)), cancellationToken);
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

        CheckpointFile? checkpoint = _options.CheckpointPath is { } path ? new(path, RunIdentity.Of(_options, _shape, setup, network, data), _options.CheckpointInterval) : null;
        return new FineTuningRun(_options, setup, network, _weights, data, checkpoint, progress, cancellationToken).Run();
    }

    /// <summary>Returns the network with the weights to start from; its memory is allocated once.</summary>
    private TrainableNetwork LoadNetwork()
    {
        _network ??= new(_shape);
        new ParameterMap(_network.State).Load(_weights);
        return _network;
    }

    /// <param name="isDivided">Whether batches pass in parts, so that sums of gradients are kept.</param>
    private MemoryEstimate EstimateMemory(bool isDivided) => MemoryEstimate.Of(
        _shape, TrainingKernels.Widest, _options.Optimizer.StateCount + (_options.AverageDecay > 0 ? 1 : 0) + (isDivided ? 1 : 0));

    private void RequireMemory(long cached)
    {
        long needed = _memory.Of(_options.PassSize) + cached;
        if (needed <= _availableMemory)
        {
            return;
        }

        const double Gigabyte = 1 << 30;
        int largest = EstimateMemory(isDivided: true).LargestBatch(_availableMemory);
        string advice = cached > 0 ? "Lower FineTuning.MaxCacheMemory, so that more of it is kept on disk."
            : largest > 0 ? FormattableString.Invariant($"Set FineTuning.MicroBatchSize to at most {largest}, or unfreeze fewer blocks.")
            : "Not even a batch of one image fits: use smaller images, or unfreeze fewer blocks.";
        string cache = cached > 0 ? FormattableString.Invariant($" and {cached / Gigabyte:0.00} GB for what the frozen blocks give") : string.Empty;
        throw new InvalidOperationException(FormattableString.Invariant(
            $"Fine-tuning with {_options.PassSize} images of {_shape.InputSize} pixels at once needs about {_memory.Of(_options.PassSize) / Gigabyte:0.00} GB{cache}; {_availableMemory / Gigabyte:0.00} GB are available. {advice}"));
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

using Microsoft.ML.MobileNetV2.Options;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Trains a <see cref="DenseHead"/> on features.</summary>
/// <remarks>
/// A trainer holds no state of a run: it can be used again, and from several threads. With the same seed, options and data, one machine
/// produces the same weights, bit for bit.
/// </remarks>
internal sealed class HeadTrainer
{
    private readonly HeadTrainerOptions _options;

    /// <summary>Initializes a trainer.</summary>
    /// <param name="options">The options; they are copied. The default, null, suits small sets of images.</param>
    /// <exception cref="ArgumentException">Options are out of range or do not fit each other; the message names all of them.</exception>
    internal HeadTrainer(HeadTrainerOptions? options = null)
    {
        HeadTrainerOptions given = options ?? new();
        OptionsValidator validator = new();
        HeadTrainerOptionsValidation.Validate(given, validator);
        validator.ThrowIfAny(nameof(options));
        _options = given.Copy();
    }

    /// <summary>Gets the options; nobody changes them.</summary>
    internal HeadTrainerOptions Options => _options;

    internal HeadLoss Loss => _options.Loss;

    internal int Seed => _options.Seed;

    internal bool NeedsValidation => _options.NeedsValidation;

    /// <summary>Gets the output above which the head means yes.</summary>
    internal float DecisionThreshold => MetricAccumulator.DecisionThreshold(_options.Loss);

    /// <summary>Trains a head.</summary>
    /// <param name="training">The rows to learn from.</param>
    /// <param name="validation">The rows that choose the best epoch and stop early; without them, the last epoch's weights are returned.</param>
    /// <param name="start">The head to start from, with the layers of the options; null starts anew.</param>
    /// <param name="progress">Receives progress updates, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the training between two batches.</param>
    /// <returns>The head with the weights of the best epoch, and the course of the run.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="training"/> is null.</exception>
    /// <exception cref="ArgumentException">Options, labels, validation set and starting head do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">The loss or a weight became infinite or NaN: the learning rate is too high.</exception>
    /// <exception cref="OperationCanceledException">
    /// It was canceled, and <see cref="HeadTrainerOptions.KeepBestWhenCanceled"/> is not set.
    /// </exception>
    internal HeadTrainingResult Fit(
        HeadDataset training,
        HeadDataset? validation = null,
        DenseHead? start = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        HeadFitValidation.RequireValidation(training, validation);
        HeadSetup setup = new(_options, training, start);
        return new HeadTrainingRun(setup, validation, progress, cancellationToken).Run();
    }

    /// <summary>Trains for some steps with a growing learning rate, to find a good one.</summary>
    /// <param name="training">The rows to learn from.</param>
    /// <param name="start">The head to start from; it is not changed. Null starts anew.</param>
    /// <param name="progress">Receives progress updates, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the search with an exception.</param>
    /// <returns>The loss for each learning rate, and a suggestion.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="training"/> is null.</exception>
    /// <exception cref="ArgumentException">Options, labels and starting head do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">The loss is not finite even before the first step.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    internal LearningRateCurve FindLearningRate(
        HeadDataset training,
        DenseHead? start = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ProgressReporter reporter = new(progress, TrainingPhase.FindingLearningRate, LearningRateSearch.StepCount);
        return new LearningRateSearch(new(_options, training, start), reporter, cancellationToken).Run();
    }
}

using System.Globalization;
using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Represents one run of a trainer, with all of its state.</summary>
internal sealed class HeadTrainingRun
{
    private readonly HeadSetup _setup;
    private readonly HeadEvaluation? _validation;
    private readonly ProgressReporter _progress;
    private readonly BestEpochTracker _best;
    private readonly List<EpochResult> _epochs = [];
    private readonly CancellationToken _cancellationToken;
    private int _step;
    private double _learningRate;

    internal HeadTrainingRun(
        HeadSetup setup, HeadDataset? validation, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        _setup = setup;
        _validation = validation is null ? null : new(setup, validation);
        _progress = new(progress, TrainingPhase.TrainingHead, (long)setup.Epochs * setup.Batches.BatchCount);
        _best = new(setup.Options.EarlyStopping, setup.Network.Shape.ParameterCount);
        _cancellationToken = cancellationToken;
    }

    internal HeadTrainingResult Run()
    {
        TrainingStopReason reason = TrainingStopReason.Completed;
        for (int epoch = 1; epoch <= _setup.Epochs && reason == TrainingStopReason.Completed; epoch++)
        {
            if (!RunEpoch(epoch))
            {
                reason = TrainingStopReason.Canceled;
            }
            else if (_validation is not null && _best.IsProgressOver)
            {
                reason = TrainingStopReason.EarlyStopping;
            }
        }

        _best.Best?.CopyTo(_setup.Network.Parameters, 0);
        return new(_setup.ToHead(), new() { Epochs = _epochs, BestEpoch = _best.Epoch, StopReason = reason, Duration = _progress.Elapsed });
    }

    /// <summary>Runs an epoch; returns false when it was canceled and the best model is wanted.</summary>
    private bool RunEpoch(int epoch)
    {
        MetricAccumulator metrics = _setup.NewMetrics();
        _setup.Batches.Shuffle(_setup.Random);
        for (int batch = 0; batch < _setup.Batches.BatchCount; batch++)
        {
            if (IsCanceled())
            {
                return false;
            }

            RunStep(epoch, batch, metrics);
            if (_progress.IsDue && batch + 1 < _setup.Batches.BatchCount)
            {
                _progress.Report(_step, epoch, _learningRate, _setup.TargetScaler.Restore(metrics.ToMetrics()), null);
            }
        }

        EndEpoch(epoch, _setup.TargetScaler.Restore(metrics.ToMetrics()));
        return true;
    }

    private void RunStep(int epoch, int batch, MetricAccumulator metrics)
    {
        _learningRate = _setup.LearningRateAt(_step);
        double loss = _setup.Gradient.Compute(batch, metrics);
        RequireFinite(double.IsFinite(loss), $"the loss is {loss.ToString(CultureInfo.InvariantCulture)}", epoch);
        _setup.Optimizer.Step(_setup.Network.Parameters, _setup.Network.Gradients, _learningRate);
        _step++;
    }

    private void EndEpoch(int epoch, TrainingMetrics training)
    {
        RequireFinite(FeatureChecks.IndexOfNotFinite(_setup.Network.Parameters) < 0, "a weight is no longer finite", epoch);
        TrainingMetrics? validation = _validation?.Measure();
        RequireFinite(validation is null || double.IsFinite(validation.Loss), "the loss on the validation set is not finite", epoch);
        _epochs.Add(new() { Epoch = epoch, LearningRate = _learningRate, Training = training, Validation = validation });
        _best.Add(_epochs[^1], _setup.Network.Parameters);
        _progress.Report(_step, epoch, _learningRate, training, validation, isEndOfEpoch: true);
    }

    private bool IsCanceled()
    {
        if (!_setup.Options.KeepBestWhenCanceled)
        {
            _cancellationToken.ThrowIfCancellationRequested();
        }

        return _cancellationToken.IsCancellationRequested;
    }

    private void RequireFinite(bool isFinite, string what, int epoch)
    {
        if (!isFinite)
        {
            string where = string.Create(
                CultureInfo.InvariantCulture,
                $"Epoch {epoch}, step {_step}: {what}. The learning rate {_setup.Options.Optimizer.LearningRate} is too high");
            throw new InvalidOperationException($"{where}; lower it (FindLearningRate suggests one), or set GradientClipNorm.");
        }
    }
}

using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents one fine-tuning, with all of its state.</summary>
internal sealed class FineTuningRun
{
    private readonly FineTuningOptions _options;
    private readonly HeadSetup _setup;
    private readonly TrainableNetwork _network;
    private readonly MobileNetV2Weights _weights;
    private readonly FineTuningData _data;
    private readonly CheckpointFile? _checkpoint;
    private readonly BatchGradient _gradient;
    private readonly Optimizer _optimizer;
    private readonly Snapshot _snapshot;
    private readonly WeightAverage? _average;
    private readonly BestEpochTracker _best;
    private readonly ProgressReporter _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly List<EpochResult> _epochs = [];
    private TrainingMetrics? _frozen;
    private double[]? _resumedMetrics;
    private int _stepCount;
    private double _learningRate;

    internal FineTuningRun(
        FineTuningOptions options,
        HeadSetup setup,
        TrainableNetwork network,
        MobileNetV2Weights weights,
        FineTuningData data,
        CheckpointFile? checkpoint,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        _options = options;
        _setup = setup;
        _network = network;
        _weights = weights;
        _data = data;
        _checkpoint = checkpoint;
        _gradient = new(network, setup, data.TrainingInputs, options);
        _optimizer = options.Optimizer.Create(ParameterGroups.Create(network.State, options.Optimizer.WeightDecay, options.LearningRateDecay));
        _snapshot = new(network, setup.Network);
        _average = options.AverageDecay > 0 ? new(_snapshot, options.AverageDecay) : null;
        _best = new(options.ForEpochs(data.Training.Targets.Kind), _snapshot.Length);
        _progress = new(progress, TrainingPhase.FineTuning, (long)setup.Epochs * setup.Batches.BatchCount)
        {
            ImagesPerUnit = (double)data.Training.RowCount / setup.Batches.BatchCount,
        };
        _cancellationToken = cancellationToken;
    }

    internal FineTuningResult Run()
    {
        Start();
        TrainingStopReason reason = RunEpochs();
        if (reason != TrainingStopReason.Canceled)
        {
            _checkpoint?.Delete();
        }

        if (_best.Best is { } best)
        {
            _snapshot.Restore(best);
        }

        WeightsDescription description = _weights.Description with { Name = $"{_weights.Description.Name}, fine-tuned" };
        return new(
            new(new ParameterMap(_network.State).Save(_weights.Checkpoint), description),
            _setup.ToHead(),
            new() { Epochs = _epochs, BestEpoch = _best.Epoch, StopReason = reason, Duration = _progress.Elapsed });
    }

    private void Start()
    {
        if (_checkpoint?.TryRead() is { } state)
        {
            Resume(state);
        }
        else if (Validate() is { } frozen)
        {
            _frozen = frozen;
            _best.Add(0, frozen, _snapshot.Take());
        }
    }

    private TrainingStopReason RunEpochs()
    {
        for (int epoch = _epochs.Count + 1; epoch <= _setup.Epochs; epoch++)
        {
            if (_data.Validation is not null && _best.IsProgressOver)
            {
                return TrainingStopReason.EarlyStopping;
            }

            if (!RunEpoch(epoch))
            {
                return TrainingStopReason.Canceled;
            }
        }

        return TrainingStopReason.Completed;
    }

    /// <summary>Runs an epoch; returns false when it was canceled and the best model is wanted.</summary>
    private bool RunEpoch(int epoch)
    {
        MetricAccumulator metrics = BeginEpoch();
        for (int batch = _stepCount - (epoch - 1) * _setup.Batches.BatchCount; batch < _setup.Batches.BatchCount; batch++)
        {
            if (IsCanceled())
            {
                return false;
            }

            RunStep(epoch, batch, metrics);
            if (batch + 1 < _setup.Batches.BatchCount)
            {
                EndStep(epoch, metrics);
            }
        }

        EndEpoch(epoch, _setup.TargetScaler.Restore(metrics.ToMetrics()));
        return true;
    }

    private MetricAccumulator BeginEpoch()
    {
        MetricAccumulator metrics = _setup.NewMetrics();
        _setup.Batches.Shuffle(_setup.Random);
        if (_resumedMetrics is { } sums)
        {
            metrics.Sums = sums;
            _resumedMetrics = null;
        }

        return metrics;
    }

    /// <summary>Tells of a step that was not the last of its epoch, and saves the state where it is time.</summary>
    private void EndStep(int epoch, MetricAccumulator metrics)
    {
        if (_progress.IsDue)
        {
            _progress.Report(_stepCount, epoch, _learningRate, _setup.TargetScaler.Restore(metrics.ToMetrics()), null);
        }

        if (_checkpoint is { IsDue: true })
        {
            WriteCheckpoint(_snapshot.Take(), metrics.Sums);
        }
    }

    private void WriteCheckpoint(float[] parameters, double[]? metrics) => _checkpoint?.Write(
        new(_stepCount, _epochs, _frozen, new(parameters, _best.Best, _average?.Values), [_optimizer, _setup.Optimizer]) { Metrics = metrics });

    private void RunStep(int epoch, int batch, MetricAccumulator metrics)
    {
        _learningRate = _setup.LearningRateAt(_stepCount);
        double loss = _gradient.Compute(_stepCount, batch, _options.BatchNorm == BatchNormHandling.Trained, metrics);
        RequireFinite(double.IsFinite(loss), $"the loss is {loss.ToString(CultureInfo.InvariantCulture)}", epoch);
        Clip();
        _optimizer.Step(_network.Parameters, _network.Gradients, _learningRate);
        _setup.Optimizer.Step(_setup.Network.Parameters, _setup.Network.Gradients, _learningRate);
        _stepCount++;
        _average?.Add(_stepCount);
    }

    private void Clip()
    {
        if (_options.GradientClipNorm == 0)
        {
            return;
        }

        double backbone = TensorPrimitives.Norm<float>(_network.Gradients);
        double head = TensorPrimitives.Norm<float>(_setup.Network.Gradients);
        double norm = Math.Sqrt(backbone * backbone + head * head);
        if (norm > _options.GradientClipNorm)
        {
            float factor = (float)(_options.GradientClipNorm / norm);
            TensorPrimitives.Multiply(_network.Gradients, factor, _network.Gradients);
            TensorPrimitives.Multiply(_setup.Network.Gradients, factor, _setup.Network.Gradients);
        }
    }

    private void EndEpoch(int epoch, TrainingMetrics training)
    {
        RequireFinite(FeatureChecks.IndexOfNotFinite(_network.Parameters) < 0, "a weight is no longer finite", epoch);
        float[] parameters = _snapshot.Take();
        float[] measured = _average?.Values ?? parameters;
        _snapshot.Restore(measured);
        TrainingMetrics? validation = Validate();
        RequireFinite(validation is null || double.IsFinite(validation.Loss), "the loss on the validation set is not finite", epoch);
        _epochs.Add(new() { Epoch = epoch, LearningRate = _learningRate, Training = training, Validation = validation });
        _best.Add(_epochs[^1], measured);
        _snapshot.Restore(parameters);
        WriteCheckpoint(parameters, metrics: null);
        _progress.Report(_stepCount, epoch, _learningRate, training, validation, isEndOfEpoch: true);
    }

    /// <summary>Goes on behind the last step that a run that was cut off has saved.</summary>
    private void Resume(TrainingCheckpoint state)
    {
        if (state.Frozen is { } frozen)
        {
            _frozen = frozen;
            _best.Add(0, frozen, state.Best!);
        }

        foreach (EpochResult epoch in state.Epochs)
        {
            // The parameters of an epoch that was not the best in the end do not matter: a later one replaces them.
            _epochs.Add(epoch);
            _best.Add(epoch, state.Best!);
            _setup.Batches.Shuffle(_setup.Random);
        }

        _snapshot.Restore(state.Parameters);
        state.Restore([_optimizer, _setup.Optimizer]);
        state.Average?.CopyTo(_average!.Values, 0);
        _resumedMetrics = state.Metrics;
        _stepCount = state.StepCount;
        _progress.DoneBefore = _stepCount;
    }

    /// <summary>Measures backbone and head on the validation rows; returns null where there are none.</summary>
    private TrainingMetrics? Validate()
    {
        if (_data is not { Validation: { } validation, ValidationInputs: { } inputs })
        {
            return null;
        }

        MetricAccumulator metrics = _setup.NewMetrics();
        float[] target = new float[_setup.Network.Shape.OutputCount];
        float[] gradient = new float[target.Length];
        new FeatureRun(_network, inputs).ForEach(validation.RowCount, (row, features) =>
        {
            features.CopyTo(_setup.Network.Inputs);
            _setup.Network.Forward(1);
            validation.Targets.Write(row, target);
            _setup.TargetScaler.Apply(target);
            double loss = _setup.EvaluationLoss.Evaluate(_setup.Network.LogitsOf(0), _setup.Network.OutputsOf(0), target, gradient);
            metrics.Add(_setup.Network.OutputsOf(0), target, loss, validation.WeightOf(row));
        }, CancellationToken.None);
        return _setup.TargetScaler.Restore(metrics.ToMetrics());
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
                $"Fine-tuning, epoch {epoch}, step {_stepCount}: {what}. The learning rate {_options.Optimizer.LearningRate} is too high");
            throw new InvalidOperationException($"{where}; lower it, or set FineTuning.GradientClipNorm.");
        }
    }
}

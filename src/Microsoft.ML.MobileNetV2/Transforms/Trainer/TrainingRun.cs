using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents one run of a trainer, from rows to a model.</summary>
internal sealed class TrainingRun(TrainerSettings settings, PredictionTask task, IDataView trainData)
{
    private readonly TrainingPlan _plan = new(trainData.Schema, settings, task);

    internal MobileNetV2PredictionTransformer Fit(IDataView? validationData)
    {
        if (validationData is not null)
        {
            _plan.RequireValidation(validationData.Schema);
        }

        _plan.RequireValidationIfNeeded(validationData is not null);
        using FeatureStage images = new(trainData.Schema, settings);
        TrainingRows rows = ReadTraining(images);
        PredictionTarget target = _plan.CreateTarget(rows);
        (rows, TrainingRows? validationRows) = validationData is null ? _plan.Split(rows, target) : (rows, ReadValidation(images, validationData));
        ReadOnlyMemory<float> inputs = rows.Features, validationInputs = validationRows?.Features ?? default;
        rows = ToFeatures(images, rows);
        validationRows = validationRows is null ? null : ToFeatures(images, validationRows);
        HeadDataset training = _plan.CreateDataset(rows, target);
        HeadDataset? validation = validationRows is null ? null : _plan.CreateDataset(validationRows, target);
        settings.Log.Start(rows, validationRows, target.OutputNames);
        HeadTrainingResult result = _plan.Trainer.Fit(
            training, validation, _plan.CreateStart(target, rows.FeatureCount), settings.Options.Progress, settings.Options.CancellationToken);
        if (result.History.Epochs.Count == 0)
        {
            // Canceled before there was a model that would be worth keeping.
            settings.Options.CancellationToken.ThrowIfCancellationRequested();
        }

        settings.Log.End(result.History);
        FineTuningResult? tuned = images.Tuner is { } tuner && result.History.StopReason != TrainingStopReason.Canceled
            ? Tune(tuner, new(training, inputs, validation, validationInputs), result)
            : null;
        return CreateModel(images, target, result, tuned);
    }

    internal LearningRateCurve FindLearningRate()
    {
        using FeatureStage images = new(trainData.Schema, settings);
        TrainingRows rows = ToFeatures(images, ReadTraining(images));
        PredictionTarget target = _plan.CreateTarget(rows);
        return _plan.Trainer.FindLearningRate(
            _plan.CreateDataset(rows, target), _plan.CreateStart(target, rows.FeatureCount), settings.Options.Progress, settings.Options.CancellationToken);
    }

    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    private TrainingRows ReadTraining(FeatureStage images)
    {
        TrainingRows rows = images.Read(trainData, task, settings.Options.Augmentation);
        return rows.RowCount > 0 ? rows : throw new InvalidOperationException(
            $"There is no row to train on: the data view with label column '{settings.Options.LabelColumnName}' is empty, or all of its images are unreadable.");
    }

    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    private TrainingRows ReadValidation(FeatureStage images, IDataView view)
    {
        TrainingRows rows = images.Read(view, task);
        return rows.RowCount > 0 ? rows : throw new InvalidOperationException(
            "There is no row in the validation set: it is empty, or all of its images are unreadable. Leave it out, or hold out training rows with ValidationFraction.");
    }

    /// <summary>Returns rows with their features where they have what the frozen blocks give.</summary>
    private TrainingRows ToFeatures(FeatureStage images, TrainingRows rows)
    {
        if (images.Tuner is not { } tuner)
        {
            return rows;
        }

        float[] features = tuner.ComputeFeatures(rows.Features, settings.Options.CancellationToken);
        return rows with { Features = features, FeatureCount = settings.Engine.Network.Weights.FeatureCount };
    }

    private FineTuningResult Tune(FineTuner tuner, FineTuningData data, HeadTrainingResult result)
    {
        FineTuningResult tuned = tuner.Fit(data, _plan.Trainer.Options, result.Head, settings.Options.Progress, settings.Options.CancellationToken);
        settings.Log.End(tuned.History);
        return tuned;
    }

    private MobileNetV2PredictionTransformer CreateModel(FeatureStage images, PredictionTarget target, HeadTrainingResult result, FineTuningResult? tuned)
    {
        result = tuned is null ? result : result with { Head = tuned.Head };
        MLContext context = new();
        StockChainBuilder chain = new(images.CreateEmptyView(context));
        IReadOnlyList<DenseLayer> layers = target.CreateLayers(result.Head);
        images.Append(chain, target.GetOutputColumnName(settings), new(layers, target.OutputNames, _plan.Origin.ToString()), tuned?.Weights);
        target.AppendColumns(context, chain, settings, _plan.Trainer.DecisionThreshold);
        return new(images, chain.ToChain(), layers, result, target.OutputNames) { FineTuning = tuned?.History, Weights = images.FindWeights(tuned?.Weights) };
    }
}

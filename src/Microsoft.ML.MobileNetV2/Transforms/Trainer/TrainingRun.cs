using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Heads;

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

        using FeatureStage images = new(trainData.Schema, settings);
        TrainingRows rows = images.Read(trainData, task, settings.Options.Augmentation);
        PredictionTarget target = _plan.CreateTarget(rows);
        HeadDataset training = _plan.CreateDataset(rows, target);
        TrainingRows? validationRows = validationData is null ? null : images.Read(validationData, task);
        HeadDataset? validation = validationRows is null ? null : _plan.CreateDataset(validationRows, target);
        settings.Log.Start(rows, validationRows, target.OutputNames);
        HeadTrainingResult result = _plan.Trainer.Fit(
            training, validation, _plan.CreateStart(target), settings.Options.Progress, settings.Options.CancellationToken);
        if (result.History.Epochs.Count == 0)
        {
            // Canceled before there was a model that would be worth keeping.
            settings.Options.CancellationToken.ThrowIfCancellationRequested();
        }

        settings.Log.End(result.History);
        return CreateModel(images, target, result);
    }

    internal LearningRateCurve FindLearningRate()
    {
        using FeatureStage images = new(trainData.Schema, settings);
        TrainingRows rows = images.Read(trainData, task, settings.Options.Augmentation);
        PredictionTarget target = _plan.CreateTarget(rows);
        return _plan.Trainer.FindLearningRate(
            _plan.CreateDataset(rows, target), _plan.CreateStart(target), settings.Options.Progress, settings.Options.CancellationToken);
    }

    private MobileNetV2PredictionTransformer CreateModel(FeatureStage images, PredictionTarget target, HeadTrainingResult result)
    {
        MLContext context = new();
        StockChainBuilder chain = new(images.CreateEmptyView(context));
        IReadOnlyList<DenseLayer> layers = target.CreateLayers(result.Head);
        images.Append(context, chain, target.GetOutputColumnName(settings), new(layers, target.OutputNames, _plan.Origin.ToString()));
        target.AppendColumns(context, chain, settings, _plan.Trainer.DecisionThreshold);
        return new(images, chain.ToChain(), layers, result, target.OutputNames);
    }
}

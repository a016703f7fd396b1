using Microsoft.ML.MobileNetV2.Options;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Checks that options, labels, validation set and starting head fit each other.</summary>
internal static class HeadFitValidation
{
    internal static void RequireLabels(HeadTrainerOptions options, HeadShape shape, HeadTargets targets)
    {
        OptionsValidator validator = new();
        LayerShape last = shape.Layers[^1];
        if ((HeadCompatibility.Check(last.Activation, options.Loss) ?? HeadCompatibility.Check(last.Activation, options.Loss, targets.Kind)) is { } error)
        {
            validator.Add(error);
        }

        RequireUnits(last, targets, validator);
        RequireClassWeights(options, targets, validator);
        RequireMetric(options.EarlyStopping, targets.Kind, validator);
        validator.ThrowIfAny(nameof(options));
    }

    internal static void RequireStart(HeadShape shape, DenseHead start)
    {
        if (!shape.Fits(start))
        {
            string layers = string.Join(", ", start.Layers.Select(layer => $"{layer.UnitCount} {layer.Activation}"));
            throw new ArgumentException(
                $"The head to start from has {start.InputCount} features, {layers}; expected {shape}. Give the options the loss, layers and activations that it was trained with; WithOutputs changes its outputs.", nameof(start));
        }
    }

    internal static void RequireValidation(HeadDataset training, HeadDataset? validation)
    {
        if (validation is null)
        {
            return;
        }

        if (validation.FeatureCount != training.FeatureCount)
        {
            throw new ArgumentException(
                $"The validation set has {validation.FeatureCount} features a row; the training set has {training.FeatureCount}.", nameof(validation));
        }

        if (validation.Targets.Kind != training.Targets.Kind || validation.Targets.OutputCount != training.Targets.OutputCount)
        {
            throw new ArgumentException(
                $"The validation set has {validation.Targets.OutputCount} {validation.Targets.Kind}; "
                + $"the training set has {training.Targets.OutputCount} {training.Targets.Kind}.",
                nameof(validation));
        }
    }

    private static void RequireUnits(LayerShape last, HeadTargets targets, OptionsValidator validator)
    {
        bool isSingle = last.Units == 1 && targets.Kind == TargetKind.Classes && targets.OutputCount == 2
            && last.Activation != HeadActivation.Softmax;
        validator.Require(
            last.Units == targets.OutputCount || isSingle,
            "Units of the last layer",
            last.Units,
            $"the labels need {targets.OutputCount}, which is what 0 gives");
    }

    private static void RequireClassWeights(HeadTrainerOptions options, HeadTargets targets, OptionsValidator validator)
    {
        bool isWeighted = options.ClassWeights is not null || options.BalanceClasses;
        if (isWeighted && targets.Kind == TargetKind.Values)
        {
            validator.Add("Weights of classes are set, but the labels are numbers.");
        }
        else if (options.ClassWeights is { } weights)
        {
            validator.Require(weights.Count == targets.OutputCount, "ClassWeights.Count", weights.Count, $"there are {targets.OutputCount} classes");
        }
    }

    private static void RequireMetric(EarlyStoppingOptions? stopping, TargetKind kind, OptionsValidator validator)
    {
        if (stopping is null || stopping.Metric == TrainingMetric.Loss)
        {
            return;
        }

        bool isForClasses = stopping.Metric is TrainingMetric.Accuracy or TrainingMetric.MacroAccuracy or TrainingMetric.MacroF1;
        validator.Require(
            isForClasses == (kind != TargetKind.Values),
            "EarlyStopping.Metric",
            stopping.Metric,
            isForClasses ? "the labels are numbers: use Loss or an error" : "the labels are classes: use Loss or Accuracy");
    }
}

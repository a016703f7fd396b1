using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Checks options as far as that is possible without data.</summary>
internal static class HeadTrainerOptionsValidation
{
    internal static void Validate(HeadTrainerOptions options, OptionsErrors errors)
    {
        ValidateLayers(options, errors);
        ValidateLoss(options, errors);
        ValidateWeighting(options, errors);
        ValidateLoop(options, errors);
        if (options.Optimizer is null)
        {
            errors.Add($"{nameof(options.Optimizer)} is null; expected one of SgdOptions, AdamOptions and AdamWOptions.");
        }

        options.Optimizer?.Validate(nameof(options.Optimizer), errors);
    }

    private static void ValidateLayers(HeadTrainerOptions options, OptionsErrors errors)
    {
        int count = options.Layers?.Count ?? 0;
        if (count == 0)
        {
            errors.Add($"{nameof(options.Layers)} is empty; expected at least one layer.");
        }

        for (int i = 0; i < count; i++)
        {
            string name = $"{nameof(options.Layers)}[{i}]";
            if (options.Layers![i] is { } layer)
            {
                layer.Validate(name, i == count - 1, errors);
            }
            else
            {
                errors.Add($"{name} is null.");
            }
        }
    }

    private static void ValidateLoss(HeadTrainerOptions options, OptionsErrors errors)
    {
        errors.RequireDefined(options.Loss, nameof(options.Loss));
        errors.RequireNotNegative(options.FocalGamma, nameof(options.FocalGamma));
        errors.RequireFraction(options.LabelSmoothing, nameof(options.LabelSmoothing));
        errors.Require(
            !(options.LabelSmoothing > 0) || HeadCompatibility.AllowsLabelSmoothing(options.Loss),
            nameof(options.LabelSmoothing),
            options.LabelSmoothing,
            $"it fits the cross-entropies and focal, not {HeadCompatibility.NameOf(options.Loss)}");
        if (options.Layers is { Count: > 0 } layers && layers[^1]?.Activation is { } activation
            && HeadCompatibility.Check(activation, options.Loss) is { } error)
        {
            errors.Add(error);
        }
    }

    private static void ValidateWeighting(HeadTrainerOptions options, OptionsErrors errors)
    {
        errors.RequireDefined(options.ClassWeighting, nameof(options.ClassWeighting));
        if (options.ClassWeights is not { } weights)
        {
            return;
        }

        errors.Require(
            options.ClassWeighting == ClassWeighting.Uniform,
            nameof(options.ClassWeighting),
            options.ClassWeighting,
            "with ClassWeights given, expected Uniform");
        for (int i = 0; i < weights.Count; i++)
        {
            errors.RequireNotNegative(weights[i], $"{nameof(options.ClassWeights)}[{i}]");
        }
    }

    private static void ValidateLoop(HeadTrainerOptions options, OptionsErrors errors)
    {
        errors.Require(options.Epochs >= 0, nameof(options.Epochs), options.Epochs, "expected at least 1, or 0 for a number that suits the rows");
        errors.Require(options.BatchSize >= 1, nameof(options.BatchSize), options.BatchSize, "expected at least 1 row");
        errors.RequireNotNegative(options.WarmUpEpochs, nameof(options.WarmUpEpochs));
        errors.RequireNotNegative(options.GradientClipNorm, nameof(options.GradientClipNorm));
        errors.RequireNotNegative(options.MixUpAlpha, nameof(options.MixUpAlpha));
        errors.RequireDefined(options.Cancellation, nameof(options.Cancellation));
        errors.Require(options.Schedule is not null, nameof(options.Schedule), options.Schedule, "LearningRateSchedule.Constant keeps the rate");
        options.EarlyStopping?.Validate(nameof(options.EarlyStopping), errors);
    }
}

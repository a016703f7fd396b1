using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Checks options as far as that is possible without data.</summary>
internal static class HeadTrainerOptionsValidation
{
    internal static void Validate(HeadTrainerOptions options, OptionsValidator validator)
    {
        ValidateLayers(options, validator);
        ValidateLoss(options, validator);
        ValidateWeighting(options, validator);
        ValidateLoop(options, validator);
        validator.Require(
            options.Optimizer is not null, nameof(options.Optimizer), options.Optimizer, "expected one of SgdOptions, AdamOptions and AdamOptions");
        options.Optimizer?.Validate(validator.In(nameof(options.Optimizer)));
    }

    private static void ValidateLayers(HeadTrainerOptions options, OptionsValidator validator)
    {
        int count = options.Layers?.Count ?? 0;
        validator.Require(count > 0, nameof(options.Layers), "empty", "expected at least one layer");

        for (int i = 0; i < count; i++)
        {
            string name = $"{nameof(options.Layers)}[{i}]";
            if (options.Layers![i] is { } layer)
            {
                layer.Validate(i == count - 1, validator.In(name));
            }
            else
            {
                validator.Require(false, name, null, "expected a layer");
            }
        }
    }

    private static void ValidateLoss(HeadTrainerOptions options, OptionsValidator validator)
    {
        validator.RequireDefined(options.Loss, nameof(options.Loss));
        validator.RequireNotNegative(options.FocalGamma, nameof(options.FocalGamma));
        validator.RequireFraction(options.LabelSmoothing, nameof(options.LabelSmoothing));
        validator.Require(
            !(options.LabelSmoothing > 0) || HeadCompatibility.AllowsLabelSmoothing(options.Loss),
            nameof(options.LabelSmoothing),
            options.LabelSmoothing,
            $"it fits the cross-entropies and focal, not {HeadCompatibility.NameOf(options.Loss)}");
        if (options.Layers is { Count: > 0 } layers && layers[^1]?.Activation is { } activation
            && HeadCompatibility.Check(activation, options.Loss) is { } error)
        {
            validator.Add(error);
        }
    }

    private static void ValidateWeighting(HeadTrainerOptions options, OptionsValidator validator)
    {
        if (options.ClassWeights is not { } weights)
        {
            return;
        }

        validator.Require(
            !options.BalanceClasses,
            nameof(options.BalanceClasses),
            options.BalanceClasses,
            "with ClassWeights given, expected False");
        for (int i = 0; i < weights.Count; i++)
        {
            validator.RequireNotNegative(weights[i], $"{nameof(options.ClassWeights)}[{i}]");
        }
    }

    private static void ValidateLoop(HeadTrainerOptions options, OptionsValidator validator)
    {
        validator.Require(options.Epochs >= 0, nameof(options.Epochs), options.Epochs, "expected at least 1, or 0 for a number that suits the rows");
        validator.Require(options.BatchSize >= 1, nameof(options.BatchSize), options.BatchSize, "expected at least 1 row");
        validator.RequireNotNegative(options.WarmUpEpochs, nameof(options.WarmUpEpochs));
        validator.RequireNotNegative(options.GradientClipNorm, nameof(options.GradientClipNorm));
        validator.RequireNotNegative(options.MixUpAlpha, nameof(options.MixUpAlpha));
        validator.Require(options.Schedule is not null, nameof(options.Schedule), options.Schedule, "LearningRateSchedule.Constant keeps the rate");
        options.EarlyStopping?.Validate(validator.In(nameof(options.EarlyStopping)));
    }
}

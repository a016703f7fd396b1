using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Checks the numbers of a row where its position in the data view is known.</summary>
internal static class RowChecks
{
    /// <exception cref="InvalidOperationException">The label or the weight is missing, not finite or out of range.</exception>
    internal static void Require(RowLabel label, LabelBuffer labels, TrainerSettings settings)
    {
        if (!float.IsFinite(label.Weight) || label.Weight < 0)
        {
            throw Error(label, settings.Options.ExampleWeightColumnName, FormattableString.Invariant($"the weight is {label.Weight}; expected a finite number of at least 0."));
        }

        bool isLeftToTeacher = settings.Teacher is not null && labels is ClassLabels classes && classes.IsMissing(label.Label);
        if (!isLeftToTeacher && labels.FindError(label.Label) is { } error)
        {
            throw Error(label, settings.Options.LabelColumnName, error);
        }
    }

    /// <exception cref="InvalidOperationException">A feature is not finite.</exception>
    internal static void RequireFinite(RowLabel label, ReadOnlySpan<float> features, TrainerSettings settings)
    {
        int wrong = FeatureChecks.IndexOfNotFinite(features);
        if (wrong >= 0)
        {
            throw Error(label, settings.Options.ImageColumnName, FormattableString.Invariant($"feature {wrong} is {features[wrong]}; features must be finite."));
        }
    }

    private static InvalidOperationException Error(RowLabel label, string? column, string what) =>
        new(FormattableString.Invariant($"Row {label.Position}, column '{column}': {what}"));
}

using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Checks the numbers of a row where its position in the data view is known.</summary>
internal static class RowChecks
{
    /// <exception cref="InvalidOperationException">The label or the weight is missing, not finite or out of range.</exception>
    internal static object Require(RowLabel label, TrainerSettings settings)
    {
        if (!float.IsFinite(label.Weight) || label.Weight < 0)
        {
            throw Error(label, settings.Options.ExampleWeightColumnName, FormattableString.Invariant($"the weight is {label.Weight}; expected a finite number of at least 0."));
        }

        return label.Value switch
        {
            null => throw Error(label, settings.Options.LabelColumnName, "the label is missing. Filter such rows out, or give them a label."),
            float number when !float.IsFinite(number) =>
                throw Error(label, settings.Options.LabelColumnName, FormattableString.Invariant($"the label is {number}; expected a finite number.")),
            float[] shares when Array.FindIndex(shares, share => share is not (>= 0 and <= 1)) is >= 0 and int slot =>
                throw Error(label, settings.Options.LabelColumnName, FormattableString.Invariant($"slot {slot} of the label is {shares[slot]}; expected 0 to 1.")),
            { } value => value,
        };
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

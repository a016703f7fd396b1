using System.Globalization;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Represents rows of features with their targets, to train or to evaluate a head.</summary>
/// <remarks>The memory is not copied; do not change it while it is in use. Safe to read from several threads.</remarks>
internal sealed class HeadDataset
{
    private readonly ReadOnlyMemory<float> _features;
    private readonly ReadOnlyMemory<float> _rowWeights;

    /// <summary>Initializes a data set.</summary>
    /// <param name="features">The features, row by row: rows × <paramref name="featureCount"/> finite numbers.</param>
    /// <param name="featureCount">Features of a row, at least 1.</param>
    /// <param name="targets">The target of each row.</param>
    /// <param name="rowWeights">How much each row counts, at least 0; only their ratios matter. The default, none, counts all the same.</param>
    /// <exception cref="ArgumentNullException"><paramref name="targets"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="featureCount"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The numbers of rows do not agree, there are no rows, or a number is not finite or negative.</exception>
    internal HeadDataset(ReadOnlyMemory<float> features, int featureCount, HeadTargets targets, ReadOnlyMemory<float> rowWeights = default)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        RequireRows(features, featureCount, targets.RowCount);
        if (rowWeights.Length > 0 && rowWeights.Length != targets.RowCount)
        {
            throw new ArgumentException($"There are {rowWeights.Length} weights for {targets.RowCount} rows.", nameof(rowWeights));
        }

        Targets = targets;
        FeatureCount = featureCount;
        _features = features;
        _rowWeights = rowWeights;
        RequireFinite(features.Span, featureCount);
        RequireWeights(rowWeights.Span);
    }

    /// <summary>Gets the number of features of a row.</summary>
    internal int FeatureCount { get; }

    /// <summary>Gets the number of rows.</summary>
    internal int RowCount => Targets.RowCount;

    /// <summary>Gets the target of each row.</summary>
    internal HeadTargets Targets { get; }

    /// <summary>Gets the scores of a teacher to learn from; null without one.</summary>
    internal TeacherScores? Teacher { get; init; }

    internal ReadOnlySpan<float> Features => _features.Span;

    internal ReadOnlySpan<float> FeaturesOf(int row) => _features.Span.Slice(row * FeatureCount, FeatureCount);

    internal float WeightOf(int row) => _rowWeights.IsEmpty ? 1 : _rowWeights.Span[row];

    private static void RequireRows(ReadOnlyMemory<float> features, int featureCount, int rowCount)
    {
        if (rowCount == 0)
        {
            throw new ArgumentException("The data set holds no rows.", nameof(features));
        }

        if (features.Length != (long)rowCount * featureCount)
        {
            throw new ArgumentException(
                $"There are {features.Length} features for {rowCount} rows of {featureCount}; expected {(long)rowCount * featureCount}.", nameof(features));
        }
    }

    private static void RequireFinite(ReadOnlySpan<float> features, int featureCount)
    {
        int wrong = FeatureChecks.IndexOfNotFinite(features);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Row {wrong / featureCount}: feature {wrong % featureCount} is {features[wrong]}; features must be finite."),
                nameof(features));
        }
    }

    private static void RequireWeights(ReadOnlySpan<float> rowWeights)
    {
        int wrong = FeatureChecks.IndexOfOutside(rowWeights, 0, float.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Row {wrong}: the weight is {rowWeights[wrong]}; expected a finite number of at least 0."),
                nameof(rowWeights));
        }

        if (rowWeights.Length > 0 && !rowWeights.ContainsAnyExcept(0f))
        {
            throw new ArgumentException("The weights of all rows are 0.", nameof(rowWeights));
        }
    }
}

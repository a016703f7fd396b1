using System.Runtime.InteropServices;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Holds out a fraction of the training images for validation: of each class its part, and of each image the plain view alone.</summary>
/// <param name="fraction">The fraction, above 0 and below 1.</param>
/// <param name="seed">The seed of the choice.</param>
internal sealed class ValidationSplit(double fraction, int seed)
{
    private const int NoClass = 0;

    /// <summary>Splits rows; the memory of <paramref name="rows"/> is used for the training rows.</summary>
    /// <param name="rows">The rows; the views of an image are neighbors, the plain one first.</param>
    /// <param name="targets">The target of each row.</param>
    /// <exception cref="InvalidOperationException">The fraction leaves no image for validation.</exception>
    internal (TrainingRows Training, TrainingRows Validation) Split(TrainingRows rows, HeadTargets targets)
    {
        HashSet<long> heldOut = Choose(rows, targets);
        int[] all = [.. Enumerable.Range(0, rows.RowCount)];
        int[] validation = [.. all.Where(row => heldOut.Contains(rows.Positions[row]) && IsPlain(rows, row))];
        int[] training = [.. all.Where(row => !heldOut.Contains(rows.Positions[row]))];
        TrainingRows heldOutRows = Take(rows, validation, new float[validation.Length * rows.FeatureCount]);

        // Rows only move to the front, where those that they overwrite have been moved before.
        return (Take(rows, training, MemoryMarshal.AsMemory(rows.Features)[..(training.Length * rows.FeatureCount)]), heldOutRows);
    }

    private HashSet<long> Choose(TrainingRows rows, HeadTargets targets)
    {
        Random random = new(seed);
        HashSet<long> chosen = [];
        int seenCount = 0;
        IOrderedEnumerable<IGrouping<int, int>> classes = Enumerable.Range(0, rows.RowCount)
            .Where(row => IsPlain(rows, row))
            .GroupBy(row => targets.Kind == TargetKind.Classes ? targets.Classes[row] : NoClass)
            .OrderBy(group => group.Key);
        foreach (IGrouping<int, int> group in classes)
        {
            int[] images = [.. group];
            random.Shuffle(images);
            seenCount += images.Length;

            // What rounding takes from one class the next one gives; the last image of a class is trained on.
            int wanted = (int)Math.Round(fraction * seenCount, MidpointRounding.AwayFromZero) - chosen.Count;
            chosen.UnionWith(images.Take(Math.Clamp(wanted, 0, images.Length - 1)).Select(row => rows.Positions[row]));
        }

        return chosen.Count > 0 ? chosen : throw new InvalidOperationException(FormattableString.Invariant(
            $"ValidationFraction is {fraction}, which leaves none of {seenCount} images for validation. Set a larger fraction, or train on more images."));
    }

    private static bool IsPlain(TrainingRows rows, int row) => row == 0 || rows.Positions[row] != rows.Positions[row - 1];

    private static TrainingRows Take(TrainingRows rows, int[] taken, Memory<float> features)
    {
        int count = rows.FeatureCount;
        for (int i = 0; i < taken.Length; i++)
        {
            rows.Features.Span.Slice(taken[i] * count, count).CopyTo(features.Span[(i * count)..]);
        }

        return rows with
        {
            Features = features,
            LabelIndices = [.. taken.Select(row => rows.LabelIndices[row])],
            Weights = rows.Weights.Length == 0 ? [] : [.. taken.Select(row => rows.Weights[row])],
            Positions = [.. taken.Select(row => rows.Positions[row])],
            Inputs = rows.Inputs?.Take(taken),
            Teaching = rows.Teaching?.Take(taken),
        };
    }
}

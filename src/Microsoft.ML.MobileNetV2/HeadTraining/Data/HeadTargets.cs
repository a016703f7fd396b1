using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Represents the target of each row: a class, labels or numbers.</summary>
/// <remarks>Targets are immutable as long as the caller does not change the memory that was handed over; it is not copied.</remarks>
internal sealed class HeadTargets
{
    private readonly ReadOnlyMemory<int> _classes;
    private readonly ReadOnlyMemory<float> _values;

    private HeadTargets(TargetKind kind, int outputCount, ReadOnlyMemory<int> classes, ReadOnlyMemory<float> values)
    {
        Kind = kind;
        OutputCount = outputCount;
        _classes = classes;
        _values = values;
        RowCount = kind == TargetKind.Classes ? classes.Length : values.Length / outputCount;
    }

    /// <summary>Gets what the labels are.</summary>
    internal TargetKind Kind { get; }

    /// <summary>Gets the number of classes, of labels or of numbers a row.</summary>
    internal int OutputCount { get; }

    /// <summary>Gets the number of rows.</summary>
    internal int RowCount { get; }

    internal ReadOnlySpan<int> Classes => _classes.Span;

    /// <summary>Creates targets of one class per row.</summary>
    /// <param name="classes">The index of each row's class, from 0.</param>
    /// <param name="classCount">The number of classes, at least 2; a class may have no rows.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 2, or an index is out of range.</exception>
    internal static HeadTargets FromClasses(ReadOnlyMemory<int> classes, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        ReadOnlySpan<int> indices = classes.Span;
        for (int row = 0; row < indices.Length; row++)
        {
            if (indices[row] < 0 || indices[row] >= classCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(classes), indices[row], $"Row {row}: the class must be from 0 to {classCount - 1}.");
            }
        }

        return new(TargetKind.Classes, classCount, classes, default);
    }

    /// <summary>Creates targets of any number of labels per row.</summary>
    /// <param name="labels">Row by row, 1 for a label that the row has and 0 for one that it lacks; fractions between are allowed.</param>
    /// <param name="labelCount">The number of labels, at least 1.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelCount"/> is below 1, or a number is not from 0 to 1.</exception>
    /// <exception cref="ArgumentException">The numbers are not whole rows.</exception>
    internal static HeadTargets FromLabels(ReadOnlyMemory<float> labels, int labelCount)
    {
        RequireWholeRows(labels.Length, labelCount, nameof(labels), nameof(labelCount));
        int wrong = FeatureChecks.IndexOfOutside(labels.Span, 0, 1);
        return wrong < 0
            ? new(TargetKind.MultiHot, labelCount, default, labels)
            : throw new ArgumentOutOfRangeException(
                nameof(labels), labels.Span[wrong], $"Row {wrong / labelCount}, label {wrong % labelCount}: expected 0 to 1.");
    }

    /// <summary>Creates targets of one or more numbers per row.</summary>
    /// <param name="values">The numbers, row by row; finite.</param>
    /// <param name="outputCount">Numbers a row, at least 1. The default is 1.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputCount"/> is below 1, or a number is not finite.</exception>
    /// <exception cref="ArgumentException">The numbers are not whole rows.</exception>
    internal static HeadTargets FromValues(ReadOnlyMemory<float> values, int outputCount = 1)
    {
        RequireWholeRows(values.Length, outputCount, nameof(values), nameof(outputCount));
        int wrong = FeatureChecks.IndexOfOutside(values.Span, float.MinValue, float.MaxValue);
        return wrong < 0
            ? new(TargetKind.Values, outputCount, default, values)
            : throw new ArgumentOutOfRangeException(
                nameof(values), values.Span[wrong], $"Row {wrong / outputCount}, value {wrong % outputCount}: expected a finite number.");
    }

    /// <summary>Gets a row of labels or of values.</summary>
    internal ReadOnlySpan<float> ValuesOf(int row) => _values.Span.Slice(row * OutputCount, OutputCount);

    /// <summary>Writes what <paramref name="target"/>.Length outputs should be: two classes may share one output.</summary>
    internal void Write(int row, Span<float> target)
    {
        if (Kind != TargetKind.Classes)
        {
            ValuesOf(row).CopyTo(target);
        }
        else if (target.Length == 1)
        {
            target[0] = Classes[row];
        }
        else
        {
            target.Clear();
            target[Classes[row]] = 1;
        }
    }

    private static void RequireWholeRows(int length, int perRow, string name, string perRowName)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perRow, perRowName);
        if (length % perRow != 0)
        {
            throw new ArgumentException($"{length} numbers are not whole rows of {perRow}.", name);
        }
    }
}

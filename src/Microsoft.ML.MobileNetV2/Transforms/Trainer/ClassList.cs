using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Knows the classes of a label column: their order, their names and their values.</summary>
/// <remarks>A key's classes stand in the order of its values; others in ordinal or numeric order, so that the order of rows has no effect.</remarks>
internal sealed class ClassList
{
    private readonly Dictionary<object, int> _indices;

    private ClassList(IReadOnlyList<object> values, IReadOnlyList<string> names)
    {
        Values = values;
        Names = names;
        _indices = values.Select((value, index) => (value, index)).ToDictionary(pair => pair.value, pair => pair.index);
    }

    /// <summary>Gets the label values of the classes.</summary>
    internal IReadOnlyList<object> Values { get; }

    /// <summary>Gets the names of the classes, each another one.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <exception cref="InvalidOperationException">There is only one class.</exception>
    internal static ClassList Create(DataViewSchema.Column labelColumn, IReadOnlyList<object> labels)
    {
        ClassList classes = labelColumn.Type is KeyDataViewType key ? OfKey(key, labelColumn) : OfValues(labels);
        return classes.Names.Count >= 2
            ? classes
            : throw new InvalidOperationException(
                $"All labels in column '{labelColumn.Name}' are '{string.Join(", ", classes.Names)}'; a classifier needs at least two classes.");
    }

    /// <summary>Returns the index of each label's class.</summary>
    /// <exception cref="InvalidOperationException">A label is none of the classes.</exception>
    internal int[] IndicesOf(TrainingRows rows, string columnName) => [.. rows.Labels.Select((label, row) => _indices.TryGetValue(label, out int index)
        ? index
        : throw new InvalidOperationException(FormattableString.Invariant(
            $"Row {rows.Positions[row]}, column '{columnName}': the label '{label}' is not among the {Names.Count} classes of the training rows.")))];

    private static ClassList OfKey(KeyDataViewType key, DataViewSchema.Column column)
    {
        uint[] values = [.. Enumerable.Range(1, checked((int)key.Count)).Select(value => (uint)value)];
        return new([.. values.Cast<object>()], LabelColumn.KeyNames(column) ?? [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))]);
    }

    private static ClassList OfValues(IReadOnlyList<object> labels)
    {
        object[] values = [.. labels.Distinct().OrderBy(label => label, Comparer<object>.Create(Compare))];
        return new(values, [.. values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!)]);
    }

    private static int Compare(object left, object right) => left is string text
        ? string.CompareOrdinal(text, (string)right)
        : Comparer<object>.Default.Compare(left, right);
}

using Microsoft.ML.MobileNetV2.Datasets;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Splits the rows of a data view by the values of a column.</summary>
internal static class RowSplit
{
    internal static (IDataView TrainSet, IDataView TestSet) Create(
        IDataView data, double testFraction, string labelColumnName, string groupColumnName, int seed)
    {
        DataViewSchema.Column label = RowText.Find(data.Schema, labelColumnName, "label");
        DataViewSchema.Column group = RowText.Find(data.Schema, groupColumnName, "group");
        IReadOnlySet<string> test = StratifiedSplit.ChooseTestGroups(Read(data, label, group), testFraction, seed);
        return (new RowSubset(data, group, value => !test.Contains(value)), new RowSubset(data, group, test.Contains));
    }

    private static List<(string Label, string Group)> Read(IDataView data, DataViewSchema.Column label, DataViewSchema.Column group)
    {
        List<(string Label, string Group)> rows = [];
        using DataViewRowCursor cursor = data.GetRowCursor([label, group]);
        Func<string> readLabel = RowText.CreateReader(cursor, label);
        Func<string> readGroup = RowText.CreateReader(cursor, group);
        while (cursor.MoveNext())
        {
            rows.Add((readLabel(), readGroup() is { Length: > 0 } value ? value : throw Missing(rows.Count, group.Name)));
        }

        return rows;
    }

    private static InvalidOperationException Missing(int row, string columnName) => new(FormattableString.Invariant(
        $"Row {row}, column '{columnName}': the group is missing. Give an image that belongs to no other a group of its own, such as its path."));
}

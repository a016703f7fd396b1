namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Represents rows that stay together in a split.</summary>
/// <param name="Key">What they have in common.</param>
/// <param name="Counts">The classes among them, each with its number of rows.</param>
internal sealed record RowGroup(string Key, (int Class, int Count)[] Counts)
{
    internal int RowCount { get; } = Counts.Sum(entry => entry.Count);

    /// <summary>Returns the groups in ordinal order, so that the order of rows has no effect.</summary>
    /// <param name="rows">Label and group of each row.</param>
    /// <param name="labels">The labels in ordinal order; a class is an index of them.</param>
    internal static RowGroup[] Create(IEnumerable<(string Label, string Group)> rows, string[] labels) =>
    [
        .. rows.GroupBy(row => row.Group, row => Array.BinarySearch(labels, row.Label, StringComparer.Ordinal), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new RowGroup(group.Key, [.. group.CountBy(index => index).Select(pair => (pair.Key, pair.Value)).Order()])),
    ];
}

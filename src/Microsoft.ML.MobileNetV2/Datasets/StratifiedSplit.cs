namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Chooses groups of rows for a test set, so that it has nearly the same fraction of each class.</summary>
internal sealed class StratifiedSplit
{
    private readonly RowGroup[] _groups;
    private readonly int[] _rowCounts;
    private readonly int[] _groupCounts;
    private readonly int[] _wanted;
    private readonly int[] _taken;
    private readonly HashSet<string> _test = new(StringComparer.Ordinal);

    private StratifiedSplit(RowGroup[] groups, int classCount, double fraction)
    {
        _groups = groups;
        _rowCounts = new int[classCount];
        _groupCounts = new int[classCount];
        _taken = new int[classCount];
        foreach ((int index, int count) in groups.SelectMany(group => group.Counts))
        {
            _rowCounts[index] += count;
            _groupCounts[index]++;
        }

        _wanted = [.. _rowCounts.Zip(_groupCounts, (rows, ofGroups) => ofGroups == 1
            ? 0
            : Math.Clamp((int)Math.Round(rows * fraction, MidpointRounding.AwayFromZero), 1, rows - 1))];
    }

    /// <summary>Returns the groups whose rows are the test set.</summary>
    /// <param name="rows">Label and group of each row; their order has no effect.</param>
    /// <param name="testFraction">The fraction of the test set, above 0 and below 1.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or no class has two groups.</exception>
    internal static IReadOnlySet<string> ChooseTestGroups(IReadOnlyCollection<(string Label, string Group)> rows, double testFraction, int seed)
    {
        if (!(testFraction is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "The fraction of the test set is out of range; expected above 0 and below 1.");
        }

        string[] labels = [.. rows.Select(row => row.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        StratifiedSplit split = new(RowGroup.Create(rows, labels), labels.Length, testFraction);
        split.TakeWhatIsWanted(seed);
        split.TakeOfEachClass();
        return split._test.Count > 0 ? split._test : throw new InvalidOperationException(
            $"The {rows.Count} rows cannot be split: {(rows.Count == 0 ? "there are none" : "all rows of each class are in one group")}. Add images, or use smaller groups.");
    }

    /// <summary>Takes each group that brings the counts nearer to those that are wanted. Large groups come first, while there is room for them.</summary>
    private void TakeWhatIsWanted(int seed)
    {
        new Random(seed).Shuffle(_groups);
        RowGroup[] largestFirst = [.. _groups.OrderByDescending(group => group.RowCount)];
        largestFirst.CopyTo(_groups, 0);
        foreach (RowGroup group in _groups)
        {
            if (group.Counts.Sum(Gain) > 0 && LeavesRowsForTraining(group))
            {
                Take(group);
            }
        }
    }

    /// <summary>Takes the smallest group that it can of each class that has none in the test set yet.</summary>
    private void TakeOfEachClass()
    {
        for (int i = 0; i < _taken.Length; i++)
        {
            if (_taken[i] == 0 && _groupCounts[i] > 1 && FindSmallest(i) is { } group)
            {
                Take(group);
            }
        }
    }

    private RowGroup? FindSmallest(int classIndex) => _groups.LastOrDefault(group =>
        group.Counts.Any(entry => entry.Class == classIndex) && !_test.Contains(group.Key) && LeavesRowsForTraining(group));

    /// <summary>Returns how much nearer a class comes to what is wanted, relative to its size.</summary>
    private double Gain((int Class, int Count) entry)
    {
        double before = _wanted[entry.Class] - _taken[entry.Class];
        double after = before - entry.Count;
        return ((before * before) - (after * after)) / _rowCounts[entry.Class];
    }

    private bool LeavesRowsForTraining(RowGroup group) => group.Counts.All(entry => _taken[entry.Class] + entry.Count < _rowCounts[entry.Class]);

    private void Take(RowGroup group)
    {
        _test.Add(group.Key);
        foreach ((int index, int count) in group.Counts)
        {
            _taken[index] += count;
        }
    }
}

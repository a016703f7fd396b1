namespace Microsoft.ML.MobileNetV2.DataQuality;

/// <summary>Joins numbers into groups.</summary>
internal sealed class UnionFind
{
    private readonly int[] _parents;

    internal UnionFind(int count) => _parents = [.. Enumerable.Range(0, count)];

    internal void Join(int first, int second)
    {
        (int a, int b) = (Find(first), Find(second));

        // The smallest number stands for its group.
        _parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    /// <summary>Returns the groups of at least two numbers, each in ascending order, the largest group first.</summary>
    internal IReadOnlyList<IReadOnlyList<int>> ToGroups() =>
    [
        .. Enumerable.Range(0, _parents.Length)
            .GroupBy(Find)
            .Select(group => group.ToArray())
            .Where(group => group.Length > 1)
            .OrderByDescending(group => group.Length),
    ];

    private int Find(int number)
    {
        while (_parents[number] != number)
        {
            number = _parents[number] = _parents[_parents[number]];
        }

        return number;
    }
}

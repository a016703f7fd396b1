namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents distinct values in the order in which they were added.</summary>
internal sealed class DistinctValues<T>
    where T : notnull
{
    private readonly List<T> _values = [];
    private readonly Dictionary<T, int> _indices = [];

    internal IReadOnlyList<T> All => _values;

    internal T this[int index] => _values[index];

    /// <summary>Returns the index of a value, which is added where it is new.</summary>
    internal int Add(T value)
    {
        if (!_indices.TryGetValue(value, out int index))
        {
            index = _values.Count;
            _values.Add(value);
            _indices.Add(value, index);
        }

        return index;
    }

    /// <summary>Returns the index of a value; -1 where there is none.</summary>
    internal int IndexOf(T value) => _indices.TryGetValue(value, out int index) ? index : -1;
}

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents class labels whose values have the type <typeparamref name="T"/>.</summary>
/// <param name="type">The type of the labels.</param>
/// <param name="values">The distinct values; a key's are all known before.</param>
/// <param name="read">Reads the index of the current row's value, which may be a new one; -1 where it is missing.</param>
/// <param name="isKey">Whether the classes are the values of a key, in their order, whether rows have them or not.</param>
internal sealed class ClassLabels<T>(LabelType<T> type, DistinctValues<T> values, Func<int> read, bool isKey) : ClassLabels
    where T : notnull
{
    private readonly List<int> _indices = [];

    internal override int Read()
    {
        _indices.Add(read());
        return _indices.Count - 1;
    }

    internal override string? FindError(int index) => _indices[index] switch
    {
        < 0 => Missing,
        int value when !LabelType<T>.IsFinite(values[value]) => $"the label is {LabelType<T>.NameOf(values[value])}; expected a finite number.",
        _ => null,
    };

    internal T ValueOf(int index) => values[_indices[index]];

    internal override string NameOf(int index) => LabelType<T>.NameOf(ValueOf(index));

    internal override ClassList CreateClasses(IReadOnlyList<int> used) => new ClassList<T>(
        isKey ? values.All : used.Select(index => _indices[index]).Distinct().Select(value => values[value]).Order(type.Comparer));
}

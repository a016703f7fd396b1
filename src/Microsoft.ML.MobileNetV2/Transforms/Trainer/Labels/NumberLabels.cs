namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents labels that are one number, or a Boolean as 0 or 1.</summary>
internal sealed class NumberLabels : LabelBuffer
{
    private readonly Func<float> _read;
    private readonly List<float> _values = [];

    private NumberLabels(Func<float> read) => _read = read;

    internal static NumberLabels OfNumbers(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<float> getter = row.GetGetter<float>(column);
        float value = 0;
        return new(() =>
        {
            getter(ref value);
            return value;
        });
    }

    internal static NumberLabels OfFlags(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<bool> getter = row.GetGetter<bool>(column);
        bool value = false;
        return new(() =>
        {
            getter(ref value);
            return value ? 1 : 0;
        });
    }

    internal override int Read()
    {
        _values.Add(_read());
        return _values.Count - 1;
    }

    internal override string? FindError(int index) => _values[index] switch
    {
        float.NaN => Missing,
        float.PositiveInfinity or float.NegativeInfinity => FormattableString.Invariant($"the label is {_values[index]}; expected a finite number."),
        _ => null,
    };

    internal float[] ValuesOf(IReadOnlyList<int> indices) => [.. indices.Select(index => _values[index])];
}

using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents labels that are vectors with a number from 0 to 1 for each label.</summary>
internal sealed class VectorLabels : LabelBuffer
{
    private readonly int _size;
    private readonly Action<Memory<float>> _read;
    private readonly List<float[]> _rows = [];

    internal VectorLabels(DataViewRow row, DataViewSchema.Column column)
    {
        var type = (VectorDataViewType)column.Type;
        _size = type.Size;
        _read = type.ItemType is BooleanDataViewType
            ? CreateReader<bool>(row, column, flag => flag ? 1 : 0)
            : CreateReader<float>(row, column, number => number);
    }

    internal override int Read()
    {
        float[] values = new float[_size];
        _read(values);
        _rows.Add(values);
        return _rows.Count - 1;
    }

    internal override string? FindError(int index)
    {
        float[] values = _rows[index];
        int wrong = Array.FindIndex(values, value => value is not (>= 0 and <= 1));
        return wrong < 0 ? null
            : Array.Exists(values, float.IsNaN) ? Missing
            : FormattableString.Invariant($"slot {wrong} of the label is {values[wrong]}; expected 0 to 1.");
    }

    internal float[] ValuesOf(IReadOnlyList<int> indices)
    {
        float[] values = new float[indices.Count * _size];
        for (int row = 0; row < indices.Count; row++)
        {
            _rows[indices[row]].CopyTo(values, row * _size);
        }

        return values;
    }

    private static Action<Memory<float>> CreateReader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        return values =>
        {
            getter(ref buffer);
            foreach (KeyValuePair<int, T> item in buffer.Items())
            {
                values.Span[item.Key] = convert(item.Value);
            }
        };
    }
}

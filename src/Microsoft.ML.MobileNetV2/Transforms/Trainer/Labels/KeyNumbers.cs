using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads keys of any of their four types.</summary>
internal static class KeyNumbers
{
    private static readonly Dictionary<Type, Func<DataViewRow, DataViewSchema.Column, Func<ulong>>> Readers = new()
    {
        [typeof(byte)] = (row, column) => Create<byte>(row, column, key => key),
        [typeof(ushort)] = (row, column) => Create<ushort>(row, column, key => key),
        [typeof(uint)] = (row, column) => Create<uint>(row, column, key => key),
        [typeof(ulong)] = (row, column) => Create<ulong>(row, column, key => key),
    };

    /// <summary>Returns a method that reads the current row's key, from 1; 0 where it is missing.</summary>
    internal static Func<ulong> CreateReader(DataViewRow row, DataViewSchema.Column column) => Readers[column.Type.RawType](row, column);

    /// <summary>Returns labels that are keys without values: their numbers stand for them.</summary>
    internal static ClassLabels ReadLabels(DataViewRow row, DataViewSchema.Column column)
    {
        DistinctValues<uint> values = new();
        for (uint number = 1; number <= ((KeyDataViewType)column.Type).Count; number++)
        {
            values.Add(number);
        }

        Func<ulong> readKey = CreateReader(row, column);
        return new ClassLabels<uint>((LabelType<uint>)LabelColumn.Numbers, values, () => (int)readKey() - 1, isKey: true);
    }

    private static Func<ulong> Create<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> convert)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }
}

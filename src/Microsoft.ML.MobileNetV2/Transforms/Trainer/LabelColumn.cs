using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads labels of any of the kinds that a trainer takes: key, text, bool or number, or a vector of bools or numbers.</summary>
internal static class LabelColumn
{
    internal const string KeyValues = "KeyValues";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(name), $"Could not find label column '{name}'");
        return IsSupported(column.Type)
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(name), $"Schema mismatch for label column '{name}': expected key, String, Boolean, Single or a known-sized vector of Boolean or Single, got {column.Type}");
    }

    /// <summary>
    /// Returns a method that gives the present row's label: a key's number from 1 as uint, a string, a bool, a float or an array of floats; null where
    /// it is missing.
    /// </summary>
    internal static Func<object?> CreateReader(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType => Read<uint>(row, column, key => key == 0 ? null : key),
        TextDataViewType => Read<ReadOnlyMemory<char>>(row, column, text => text.IsEmpty ? null : text.ToString()),
        BooleanDataViewType => Read<bool>(row, column, value => value),
        VectorDataViewType { ItemType: BooleanDataViewType } => Read<VBuffer<bool>>(row, column, flags => ToNumbers(flags)),
        VectorDataViewType => Read<VBuffer<float>>(row, column, numbers => ToNumbers(numbers)),
        _ => Read<float>(row, column, number => float.IsNaN(number) ? null : number),
    };

    /// <summary>Returns the names of a key column's values; null where it has none.</summary>
    internal static string[]? KeyNames(DataViewSchema.Column column) => column.Type is KeyDataViewType ? Names(column, KeyValues) : null;

    /// <summary>Returns the names of a vector column's slots; null where it has none.</summary>
    internal static string[]? SlotNames(DataViewSchema.Column column) => Names(column, ImageNetworkSchema.SlotNames);

    private static string[]? Names(DataViewSchema.Column column, string annotation)
    {
        if (column.Annotations.Schema.GetColumnOrNull(annotation) is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(annotation, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static bool IsSupported(DataViewType type) => type switch
    {
        KeyDataViewType key => key.RawType == typeof(uint),
        VectorDataViewType { Size: > 0 } vector => vector.ItemType is BooleanDataViewType || vector.ItemType == NumberDataViewType.Single,
        TextDataViewType or BooleanDataViewType => true,
        _ => type == NumberDataViewType.Single,
    };

    private static float[] ToNumbers(VBuffer<bool> flags) => [.. flags.DenseValues().Select(flag => flag ? 1f : 0f)];

    private static float[]? ToNumbers(VBuffer<float> numbers)
    {
        float[] values = [.. numbers.DenseValues()];
        return Array.Exists(values, float.IsNaN) ? null : values;
    }

    private static Func<object?> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, object?> convert)
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

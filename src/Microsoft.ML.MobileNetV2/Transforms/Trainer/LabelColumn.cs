using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Reads labels of any of the kinds that a trainer takes: key, text, bool or number.</summary>
internal static class LabelColumn
{
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(name), $"Could not find label column '{name}'");
        return IsSupported(column.Type)
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(name), $"Schema mismatch for label column '{name}': expected key, String, Boolean or Single, got {column.Type}");
    }

    /// <summary>Returns a method that gives the present row's label: a key's number from 1 as uint, a string, a bool or a float; null where it is missing.</summary>
    internal static Func<object?> CreateReader(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType => Read<uint>(row, column, key => key == 0 ? null : key),
        TextDataViewType => Read<ReadOnlyMemory<char>>(row, column, text => text.IsEmpty ? null : text.ToString()),
        BooleanDataViewType => Read<bool>(row, column, value => value),
        _ => Read<float>(row, column, number => float.IsNaN(number) ? null : number),
    };

    /// <summary>Returns the names of a key column's values; null where it has none.</summary>
    internal static string[]? KeyNames(DataViewSchema.Column column)
    {
        if (column.Type is not KeyDataViewType || column.Annotations.Schema.GetColumnOrNull("KeyValues") is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static bool IsSupported(DataViewType type) =>
        type is TextDataViewType or BooleanDataViewType || type is KeyDataViewType { RawType: { } raw } && raw == typeof(uint) || type == NumberDataViewType.Single;

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

using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds a label column and tells what its labels are.</summary>
internal static class LabelColumn
{
    internal const string KeyValues = "KeyValues";
    internal const string Role = "label";

    /// <summary>Gets the type of labels that are keys without values: their numbers.</summary>
    internal static LabelType Numbers { get; } = LabelType.Find(NumberDataViewType.UInt32)!;

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static DataViewSchema.Column Find(
        DataViewSchema schema, string name, string role = Role, string option = nameof(MobileNetV2TrainerOptions.LabelColumnName))
    {
        DataViewSchema.Column column = ColumnSearch.Find(schema, name, role, option);
        return IsSupported(column.Type)
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(name), $"Schema mismatch for {role} column '{name}': expected key, String, Boolean, number, date or time, or a known-sized vector of Boolean or Single, got {column.Type}");
    }

    /// <summary>Returns labels that are classes.</summary>
    internal static ClassLabels ReadClasses(DataViewRow row, DataViewSchema.Column column) => column.Type is not KeyDataViewType
        ? LabelType.Find(column.Type)!.ReadValues(row, column)
        : TypeOf(column) is { } type ? type.ReadKeys(KeyNumbers.CreateReader(row, column), column) : KeyNumbers.ReadLabels(row, column);

    /// <summary>Returns the type of the labels, or of the values of their keys; null for vectors and for keys without values.</summary>
    internal static LabelType? TypeOf(DataViewSchema.Column column) => column.Type is KeyDataViewType
        ? KeyValueTypeOf(column) is { } type ? LabelType.Find(type) : null
        : LabelType.Find(column.Type);

    /// <summary>Describes labels for a person.</summary>
    internal static string Describe(DataViewSchema.Column column) => column.Type is not KeyDataViewType
        ? column.Type.ToString()!
        : KeyValueTypeOf(column) is { } type ? $"{column.Type} with values of type {type}" : $"{column.Type} without values";

    /// <summary>Returns the names of a vector column's slots; null where it has none.</summary>
    internal static string[]? SlotNames(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(ImageNetworkSchema.SlotNames) is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(ImageNetworkSchema.SlotNames, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static PrimitiveDataViewType? KeyValueTypeOf(DataViewSchema.Column column) =>
        (column.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type as VectorDataViewType)?.ItemType;

    private static bool IsSupported(DataViewType type) => type switch
    {
        KeyDataViewType => true,
        VectorDataViewType { Size: > 0 } vector => vector.ItemType is BooleanDataViewType || vector.ItemType == NumberDataViewType.Single,
        _ => LabelType.Find(type) is not null,
    };
}

using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.OnnxConversion;

/// <summary>Chooses the columns of a schema that ONNX has a type for.</summary>
internal static class ConvertibleColumns
{
    /// <summary>Returns a schema of the columns that can be seen and converted, with their annotations.</summary>
    internal static DataViewSchema Select(DataViewSchema schema)
    {
        DataViewSchema.Builder builder = new();
        foreach (DataViewSchema.Column column in schema.Where(column => !column.IsHidden && IsConvertible(column.Type)))
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        return builder.ToSchema();
    }

    private static bool IsConvertible(DataViewType type) => type switch
    {
        VectorDataViewType vector => vector.IsKnownSize && IsConvertible(vector.ItemType),
        KeyDataViewType or TextDataViewType or BooleanDataViewType or NumberDataViewType => true,
        _ => false,
    };
}

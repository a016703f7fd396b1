using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Uses ML.NET's own estimators for what is closed to code outside of ML.NET.</summary>
internal static class StockMappings
{
    /// <summary>Returns an estimator that promises the output column: schema shapes can only be made inside ML.NET.</summary>
    internal static CustomMappingEstimator<NoColumns, OutputRow> OutputColumn(ImageNetworkSettings settings)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(OutputRow));
        SchemaDefinition.Column column = definition[nameof(OutputRow.Values)];
        column.ColumnName = settings.OutputColumnName;
        column.ColumnType = ImageNetworkSchema.OutputType(settings);
        ReadOnlyMemory<char>[] names = [.. settings.Engine.Network.OutputNames.Select(name => name.AsMemory())];
        if (names.Length > 0)
        {
            column.AddAnnotation(
                ImageNetworkSchema.SlotNames,
                new VBuffer<ReadOnlyMemory<char>>(names.Length, names),
                new VectorDataViewType(TextDataViewType.Instance, names.Length));
        }

        return new MLContext().Transforms.CustomMapping<NoColumns, OutputRow>((_, _) => { }, contractName: null, outputSchemaDefinition: definition);
    }

    internal sealed class OutputRow
    {
        [VectorType]
        public float[] Values { get; set; } = [];
    }
}

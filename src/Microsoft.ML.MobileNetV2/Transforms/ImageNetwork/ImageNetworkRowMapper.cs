using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Maps single rows for <c>PredictionEngine</c>.</summary>
internal sealed class ImageNetworkRowMapper(ImageNetworkTransformer transformer, DataViewSchema inputSchema) : IRowToRowMapper
{
    private readonly DataViewSchema.Column _imageColumn = ImageColumn.Find(inputSchema, transformer.Settings);

    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema { get; } = transformer.GetOutputSchema(inputSchema);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        HashSet<int> needed = [.. dependingColumns.Select(column => column.Index)];
        return inputSchema.Where(column => needed.Contains(column.Index) || column.Index == _imageColumn.Index && needed.Contains(inputSchema.Count));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new ImageNetworkRow(OutputSchema, input, transformer, activeColumns.Any(column => column.Index == inputSchema.Count));
}

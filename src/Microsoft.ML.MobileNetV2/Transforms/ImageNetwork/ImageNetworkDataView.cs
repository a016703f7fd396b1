namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents a data view with the output column added: lazy, in the order of its input, computed by several threads ahead of the reader.</summary>
internal sealed class ImageNetworkDataView(ImageNetworkTransformer transformer, IDataView input) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema { get; } = transformer.GetOutputSchema(input.Schema);

    private int OutputIndex => input.Schema.Count;

    public long? GetRowCount() => transformer.Policy.SkipsRows ? null : input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        bool isOutputNeeded = needed.Any(column => column.Index == OutputIndex);
        DataViewSchema.Column[] passedThrough =
            [.. needed.Where(column => column.Index != OutputIndex).Select(column => input.Schema[column.Index]).DistinctBy(column => column.Index)];
        if (!isOutputNeeded && !transformer.Policy.SkipsRows)
        {
            return new PassThroughCursor(Schema, input.GetRowCursor(passedThrough, rand));
        }

        DataViewSchema.Column imageColumn = ImageColumn.Find(input.Schema, transformer.Settings);
        DataViewRowCursor cursor = input.GetRowCursor(passedThrough.Append(imageColumn).DistinctBy(column => column.Index), rand);
        return new ImageNetworkCursor(Schema, cursor, passedThrough, imageColumn, transformer, isOutputNeeded);
    }

    // One cursor with threads of its own is as fast as a set of them, and keeps the order.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}

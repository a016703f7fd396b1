namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Is a data view with the output column added: lazy, in the order of its input, computed with several threads ahead of the reader.</summary>
internal sealed class FeaturizerDataView(MobileNetV2FeaturizerTransformer transformer, IDataView input) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema { get; } = transformer.GetOutputSchema(input.Schema);

    private int OutputIndex => input.Schema.Count;

    public long? GetRowCount() => transformer.Policy.SkipsRows ? null : input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        bool isOutputNeeded = needed.Any(column => column.Index == OutputIndex);
        DataViewSchema.Column[] passedThrough = [.. needed.Where(column => column.Index != OutputIndex).Select(column => input.Schema[column.Index])];
        if (!isOutputNeeded && !transformer.Policy.SkipsRows)
        {
            return new PassThroughCursor(Schema, input.GetRowCursor(passedThrough, rand));
        }

        // Two cursors that are shuffled alike: one runs ahead with the images, the other stays at the reader's row.
        int? seed = input.CanShuffle ? rand?.Next() : null;
        DataViewRowCursor present = input.GetRowCursor(passedThrough, CreateRandom(seed));
        DataViewSchema.Column imageColumn = ImageColumn.Find(input.Schema, transformer.Settings);
        DataViewRowCursor ahead = input.GetRowCursor([imageColumn], CreateRandom(seed));
        return new FeaturizerCursor(Schema, present, new ImageReader(ahead, imageColumn), transformer, isOutputNeeded);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static Random? CreateRandom(int? seed) => seed is { } value ? new Random(value) : null;
}

using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.OnnxConversion;

/// <summary>Represents a data view without rows, for what depends on the schema alone.</summary>
internal sealed class NoRows(DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(schema);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [new Cursor(schema)];

    private sealed class Cursor(DataViewSchema schema) : DataViewRowCursor
    {
        public override long Position => -1;

        public override long Batch => 0;

        public override DataViewSchema Schema => schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => false;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            throw new InvalidOperationException($"Column '{column.Name}' has no values: there are no rows.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref _) => throw new InvalidOperationException("There are no rows.");

        public override bool MoveNext() => false;
    }
}

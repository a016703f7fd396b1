namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents a data view with a head's output, which is refused when the head is disposed.</summary>
internal sealed class FeatureHeadDataView(IDataView view, DisposalGuard guard) : IDataView
{
    public bool CanShuffle => view.CanShuffle;

    public DataViewSchema Schema => view.Schema;

    public long? GetRowCount() => view.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        guard.ThrowIfDisposed();
        return new Cursor(view.GetRowCursor(columnsNeeded, rand), guard);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        guard.ThrowIfDisposed();
        return [.. view.GetRowCursorSet(columnsNeeded, n, rand).Select(cursor => new Cursor(cursor, guard))];
    }

    private sealed class Cursor(DataViewRowCursor cursor, DisposalGuard guard) : PassThroughCursor(cursor.Schema, cursor)
    {
        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => guard.Protect(base.GetGetter<TValue>(column));
    }
}

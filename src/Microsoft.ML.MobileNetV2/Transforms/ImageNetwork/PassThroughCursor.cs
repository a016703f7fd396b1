using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Shows another cursor's columns under a schema that has the same columns at the same indices, and more behind them.</summary>
internal class PassThroughCursor(DataViewSchema schema, DataViewRowCursor input) : DataViewRowCursor
{
    private bool _isDisposed;

    public override DataViewSchema Schema => schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    protected DataViewRowCursor Input => input;

    public override bool MoveNext() => input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index < input.Schema.Count && input.IsColumnActive(input.Schema[column.Index]);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Index < input.Schema.Count
        ? input.GetGetter<TValue>(input.Schema[column.Index])
        : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this cursor.");

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}

using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Maps single rows with a head, and refuses that when the head is disposed.</summary>
internal sealed class FeatureHeadRowMapper(IRowToRowMapper mapper, DisposalGuard guard) : IRowToRowMapper
{
    public DataViewSchema InputSchema => mapper.InputSchema;

    public DataViewSchema OutputSchema => mapper.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => mapper.GetDependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        guard.ThrowIfDisposed();
        return new Row(mapper.GetRow(input, activeColumns), guard);
    }

    private sealed class Row(DataViewRow row, DisposalGuard guard) : DataViewRow
    {
        private bool _isDisposed;

        public override DataViewSchema Schema => row.Schema;

        public override long Position => row.Position;

        public override long Batch => row.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => guard.Protect(row.GetGetter<TValue>(column));

        public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_isDisposed)
            {
                _isDisposed = true;
                row.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

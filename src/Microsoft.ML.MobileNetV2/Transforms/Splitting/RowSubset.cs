namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the rows of another view that have certain values in a column.</summary>
internal sealed class RowSubset(IDataView view, DataViewSchema.Column column, Func<string, bool> isIncluded) : IDataView
{
    public bool CanShuffle => view.CanShuffle;

    public DataViewSchema Schema => view.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new Cursor(view.GetRowCursor(WithColumn(needed), rand), needed, column, isIncluded);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. view.GetRowCursorSet(WithColumn(needed), n, rand).Select(cursor => new Cursor(cursor, needed, column, isIncluded))];
    }

    private IEnumerable<DataViewSchema.Column> WithColumn(DataViewSchema.Column[] needed) =>
        needed.Any(other => other.Index == column.Index) ? needed : needed.Append(column);

    private sealed class Cursor : PassThroughCursor
    {
        private readonly HashSet<int> _needed;
        private readonly Func<bool> _isIncluded;
        private long _position = -1;

        internal Cursor(DataViewRowCursor input, DataViewSchema.Column[] needed, DataViewSchema.Column column, Func<string, bool> isIncluded)
            : base(input.Schema, input)
        {
            Func<string> read = RowText.CreateReader(input, column);
            _needed = [.. needed.Select(other => other.Index)];
            _isIncluded = () => isIncluded(read());
        }

        public override long Position => _position;

        public override bool IsColumnActive(DataViewSchema.Column column) => _needed.Contains(column.Index);

        public override bool MoveNext()
        {
            while (base.MoveNext())
            {
                if (_isIncluded())
                {
                    _position++;
                    return true;
                }
            }

            return false;
        }
    }
}

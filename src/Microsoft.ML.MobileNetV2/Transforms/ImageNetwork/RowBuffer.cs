using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Buffers the values of the rows between an input cursor, which is ahead, and the reader.</summary>
internal sealed class RowBuffer
{
    private readonly DataViewRowCursor _input;
    private readonly Dictionary<int, BufferedColumn> _columns;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;

    /// <param name="input">The input cursor.</param>
    /// <param name="columns">The columns that the reader may ask for.</param>
    /// <param name="slotCount">The number of rows that are held at once.</param>
    internal RowBuffer(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> columns, int slotCount)
    {
        _input = input;
        _columns = columns.ToDictionary(column => column.Index, column => BufferedColumn.Create(input, column, slotCount));
        _getId = input.GetIdGetter();
        _ids = new DataViewRowId[slotCount];
        _batches = new long[slotCount];
    }

    internal bool Has(int columnIndex) => _columns.ContainsKey(columnIndex);

    internal DataViewRowId IdOf(int slot) => _ids[slot];

    internal long BatchOf(int slot) => _batches[slot];

    /// <summary>Copies the input cursor's row into a slot.</summary>
    internal void Read(int slot)
    {
        _getId(ref _ids[slot]);
        _batches[slot] = _input.Batch;
        foreach (BufferedColumn column in _columns.Values)
        {
            column.Read(slot);
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is not active.</exception>
    internal ValueGetter<TValue> CreateGetter<TValue>(DataViewSchema.Column column, Func<int> getSlot) =>
        _columns.TryGetValue(column.Index, out BufferedColumn? buffered)
            ? buffered.CreateGetter(getSlot) as ValueGetter<TValue> ?? throw new InvalidOperationException(
                $"Column '{column.Name}' holds {column.Type.RawType}, but was asked for as {typeof(TValue)}.")
            : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this cursor.");
}

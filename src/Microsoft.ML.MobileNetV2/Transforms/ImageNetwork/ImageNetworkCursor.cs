using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Walks over the rows with the output column; images ahead of the current row are already being processed.</summary>
/// <remarks>
/// The input is read by one cursor, ahead of the reader; what the reader asks of the rows in between is held in a <see cref="RowBuffer"/>. A second cursor
/// for the other columns would see other rows where the input is shuffled anew for each cursor, or ends elsewhere.
/// </remarks>
internal sealed class ImageNetworkCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly ImageNetworkTransformer _transformer;
    private readonly RowBuffer _buffer;
    private readonly Action<ImageInput> _readImage;
    private readonly LookAhead<RowWorkItem> _rows;
    private readonly PixelRangeWatch _pixelRange;
    private readonly bool _isOutputActive;
    private long _position = -1;
    private bool _isDisposed;

    internal ImageNetworkCursor(
        DataViewSchema schema,
        DataViewRowCursor input,
        DataViewSchema.Column[] passedThrough,
        DataViewSchema.Column imageColumn,
        ImageNetworkTransformer transformer,
        bool isOutputActive)
    {
        Schema = schema;
        _input = input;
        _transformer = transformer;
        _isOutputActive = isOutputActive;
        int threads = transformer.Settings.Engine.MaxDegreeOfParallelism;
        _buffer = new(input, passedThrough, WorkerPool.SlotCount(threads));
        _readImage = ImageColumn.CreateReader(input, imageColumn, transformer.Settings);
        _pixelRange = new(transformer.Settings);
        ImageEngine engine = transformer.Engine;
        IImageComputation computation = isOutputActive ? engine : engine.CreateReadabilityCheck();
        int created = 0;
        _rows = new(threads, () => new(computation, created++), TryRead);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => _position < 0 ? 0 : _buffer.BatchOf(_rows.Current.Slot);

    public override bool MoveNext()
    {
        while (_rows.MoveNext())
        {
            if (_transformer.Policy.Accept(_rows.Current))
            {
                _position++;
                return true;
            }
        }

        _pixelRange.End();
        _position = -1;
        return false;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        IsOutput(column) ? _isOutputActive : _buffer.Has(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsOutput(column))
        {
            return _buffer.CreateGetter<TValue>(column, () => _rows.Current.Slot);
        }

        if (!_isOutputActive)
        {
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this cursor.");
        }

        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) => ImageNetworkRow.CopyOutput(_rows.Current, _transformer.Policy, ref value);
        return ImageNetworkRow.CastGetter<TValue>(getter, column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _buffer.IdOf(_rows.Current.Slot);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _rows.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool IsOutput(DataViewSchema.Column column) => column.Index == Schema.Count - 1;

    private bool TryRead(RowWorkItem item)
    {
        if (!_input.MoveNext())
        {
            return false;
        }

        item.Index = _input.Position;
        _buffer.Read(item.Slot);
        _readImage(item.Input);
        _pixelRange.Observe(item.Input);
        return true;
    }

    /// <summary>Represents a row on its way through the engine; its other values are in a slot of the buffer.</summary>
    private sealed class RowWorkItem(IImageComputation computation, int slot) : ImageWorkItem(computation)
    {
        internal int Slot => slot;
    }
}

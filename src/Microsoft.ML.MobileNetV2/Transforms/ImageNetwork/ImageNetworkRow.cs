using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents one row with the output column, computed when it is asked for, as <c>PredictionEngine</c> does.</summary>
internal sealed class ImageNetworkRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly ImageNetworkTransformer _transformer;
    private readonly Action<ImageInput>? _read;
    private ImageWorkItem? _item;
    private bool _isDisposed;

    internal ImageNetworkRow(DataViewSchema schema, DataViewRow input, ImageNetworkTransformer transformer, bool isOutputActive)
    {
        Schema = schema;
        _input = input;
        _transformer = transformer;
        _read = isOutputActive ? ImageColumn.CreateReader(input, ImageColumn.Find(input.Schema, transformer.Settings), transformer.Settings) : null;
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        IsOutput(column) ? _read is not null : _input.IsColumnActive(_input.Schema[column.Index]);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsOutput(column))
        {
            return _input.GetGetter<TValue>(_input.Schema[column.Index]);
        }

        Action<ImageInput> read = _read ?? throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this row.");
        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) => Compute(read, ref value);
        return CastGetter<TValue>(getter, column);
    }

    internal static void CopyOutput(ImageWorkItem item, UnreadableImagePolicy policy, ref VBuffer<float> value)
    {
        policy.ThrowIfFailed(item);
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, item.Output.Length);
        item.Output.CopyTo(editor.Values);
        value = editor.Commit();
    }

    internal static ValueGetter<TValue> CastGetter<TValue>(ValueGetter<VBuffer<float>> getter, DataViewSchema.Column column) =>
        getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' holds {typeof(VBuffer<float>)}, but was asked for as {typeof(TValue)}.");

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Compute(Action<ImageInput> read, ref VBuffer<float> value)
    {
        _item ??= new(_transformer.Engine);
        _item.Index = _input.Position;
        read(_item.Input);
        _item.Reset();
        _item.Complete();

        // A single row cannot be left out: whatever Accept says of it, an error that is still there is thrown.
        _transformer.Policy.Accept(_item);
        CopyOutput(_item, _transformer.Policy, ref value);
    }

    private bool IsOutput(DataViewSchema.Column column) => column.Index == Schema.Count - 1;
}

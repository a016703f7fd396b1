using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Is one row with the output column, computed when it is asked for: what <c>PredictionEngine</c> uses.</summary>
internal sealed class FeaturizerRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly MobileNetV2FeaturizerTransformer _transformer;
    private readonly ImageWorkItem _slot;
    private readonly Action<ImageInput>? _read;
    private bool _isDisposed;

    internal FeaturizerRow(DataViewSchema schema, DataViewRow input, MobileNetV2FeaturizerTransformer transformer, bool isOutputActive)
    {
        Schema = schema;
        _input = input;
        _transformer = transformer;
        _slot = new(transformer.Engine);
        _read = isOutputActive ? ImageColumn.CreateReader(input, ImageColumn.Find(input.Schema, transformer.Settings)) : null;
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

    internal static void CopyOutput(ImageWorkItem slot, UnreadableImagePolicy policy, ref VBuffer<float> value)
    {
        policy.ThrowIfFailed(slot);
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, slot.Output.Length);
        slot.Output.CopyTo(editor.Values);
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
        _slot.Index = _input.Position;
        read(_slot.Input);
        _slot.Reset();
        _slot.Complete();

        // A single row cannot be left out: whatever Accept says of it, an error that is still there is thrown.
        _transformer.Policy.Accept(_slot);
        CopyOutput(_slot, _transformer.Policy, ref value);
    }

    private bool IsOutput(DataViewSchema.Column column) => column.Index == Schema.Count - 1;
}

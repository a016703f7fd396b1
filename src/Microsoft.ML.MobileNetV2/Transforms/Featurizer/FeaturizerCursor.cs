using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Walks over the rows with the output column; images ahead of the present row are already being worked on.</summary>
internal sealed class FeaturizerCursor : PassThroughCursor
{
    private readonly MobileNetV2FeaturizerTransformer _transformer;
    private readonly ImageReader _images;
    private readonly bool _isOutputActive;
    private readonly LookAhead<ImageWorkItem> _rows;
    private long _position = -1;

    internal FeaturizerCursor(
        DataViewSchema schema,
        DataViewRowCursor present,
        ImageReader images,
        MobileNetV2FeaturizerTransformer transformer,
        bool isOutputActive)
        : base(schema, present)
    {
        _transformer = transformer;
        _images = images;
        _isOutputActive = isOutputActive;
        ImageEngine engine = transformer.Engine;
        _rows = new(transformer.Settings.Engine.MaxDegreeOfParallelism, () => new ImageWorkItem(isOutputActive ? engine : new ReadabilityCheck(engine)), images.TryRead);
    }

    public override long Position => _position;

    public override bool MoveNext()
    {
        while (_rows.MoveNext() && Input.MoveNext())
        {
            if (_transformer.Policy.Accept(_rows.Current))
            {
                _position++;
                return true;
            }
        }

        _position = -1;
        return false;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        IsOutput(column) ? _isOutputActive : base.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsOutput(column) || !_isOutputActive)
        {
            return base.GetGetter<TValue>(column);
        }

        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) => FeaturizerRow.CopyOutput(_rows.Current, _transformer.Policy, ref value);
        return FeaturizerRow.CastGetter<TValue>(getter, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _images.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool IsOutput(DataViewSchema.Column column) => column.Index == Schema.Count - 1;
}

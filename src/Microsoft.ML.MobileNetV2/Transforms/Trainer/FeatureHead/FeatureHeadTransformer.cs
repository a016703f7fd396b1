using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Computes a head's output from ready features with ML.NET's own transformer, which by itself does not know that it is disposed.</summary>
internal sealed class FeatureHeadTransformer(OnnxTransformer head) : ITransformer, IDisposable
{
    private readonly DisposalGuard _guard = new(head, nameof(MobileNetV2PredictionTransformer));

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => head.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => new FeatureHeadDataView(head.Transform(input), _guard);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        new FeatureHeadRowMapper(((ITransformer)head).GetRowToRowMapper(inputSchema), _guard);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)head).Save(ctx);

    public void Dispose() => _guard.Dispose();
}

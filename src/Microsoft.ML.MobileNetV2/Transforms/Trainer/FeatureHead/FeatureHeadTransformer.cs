using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Onnx;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Computes a head's output from ready features with ML.NET's own transformer, which by itself does not know that it is disposed.</summary>
internal sealed class FeatureHeadTransformer : ITransformer, IDisposable
{
    private readonly ITransformer _head;
    private readonly DisposalGuard _guard;
    private readonly Func<IDataView> _createEmptyView;

    /// <param name="head">The head.</param>
    /// <param name="outputColumnName">The name of the output.</param>
    /// <param name="inputColumnName">The name of the column of features.</param>
    /// <param name="createEmptyView">Creates a view without rows that has this column.</param>
    internal FeatureHeadTransformer(NetworkHead head, string outputColumnName, string inputColumnName, Func<IDataView> createEmptyView)
    {
        byte[] model = NetworkSeal.Append(SavedOnnxModels.CreateHead(head, inputColumnName, outputColumnName, HeadMetadata.Write(head, head.OutputNames)));
        OnnxStep step = new(new MLContext(), outputColumnName, inputColumnName, model, createEmptyView());
        _head = step;
        _guard = new(step, nameof(MobileNetV2PredictionTransformer));
        _createEmptyView = createEmptyView;
        Head = head;
        InputColumnName = inputColumnName;
        OutputColumnName = outputColumnName;
    }

    internal NetworkHead Head { get; }

    /// <summary>Creates a transformer of a column that is a vector of as many features as the head takes.</summary>
    /// <param name="head">The head.</param>
    /// <param name="outputColumnName">The name of the output.</param>
    /// <param name="inputColumnName">The name of the column of features.</param>
    internal static FeatureHeadTransformer Create(NetworkHead head, string outputColumnName, string inputColumnName) => new(
        head,
        outputColumnName,
        inputColumnName,
        () => ScoreColumns.CreateEmptyView(inputColumnName, new VectorDataViewType(NumberDataViewType.Single, head.Layers[0].InputCount)));

    internal string InputColumnName { get; }

    internal string OutputColumnName { get; }

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _head.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => new FeatureHeadDataView(_head.Transform(input), _guard);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        new FeatureHeadRowMapper(_head.GetRowToRowMapper(inputSchema), _guard);

    /// <summary>Returns a transformer of the same columns with another head.</summary>
    internal FeatureHeadTransformer WithHead(NetworkHead head) => new(head, OutputColumnName, InputColumnName, _createEmptyView);

    /// <summary>Returns a transformer that computes the head's output from images.</summary>
    /// <param name="featurizer">What makes the features of an image.</param>
    internal ImageNetworkTransformer Behind(ImageNetworkTransformer featurizer) =>
        featurizer.WithHead(Head, OutputColumnName, nameof(MobileNetV2PredictionTransformer));

    void ICanSaveModel.Save(ModelSaveContext ctx) => _head.Save(ctx);

    public void Dispose() => _guard.Dispose();
}

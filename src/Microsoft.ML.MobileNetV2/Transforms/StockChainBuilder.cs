using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Fits stock estimators one behind the other on a view without rows.</summary>
internal sealed class StockChainBuilder(IDataView view)
{
    private readonly List<ITransformer> _transformers = [];
    private IDataView _view = view;

    internal void Append<TTransformer>(IEstimator<TTransformer> estimator)
        where TTransformer : class, ITransformer
    {
        Append(estimator.Fit(_view));
    }

    /// <summary>Appends ML.NET's step that executes an ONNX model.</summary>
    internal void AppendOnnx(MLContext context, string outputColumnName, string inputColumnName, byte[] model) =>
        Append(new OnnxStep(context, outputColumnName, inputColumnName, model, _view));

    internal void Append(ITransformer transformer)
    {
        _transformers.Add(transformer);
        _view = transformer.Transform(_view);
    }

    internal TransformerChain<ITransformer> ToChain() => new([.. _transformers]);
}

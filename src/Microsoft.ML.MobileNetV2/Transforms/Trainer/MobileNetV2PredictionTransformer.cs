using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is a trained model: pictures in, scores and predicted labels out.</summary>
/// <remarks>
/// Safe to use from several threads. Holds native memory of ONNX Runtime; <see cref="Dispose"/> frees it. Saved with <c>mlContext.Model.Save</c>, it is
/// loaded by <c>mlContext.Model.Load</c> as a chain of ML.NET's own transformers.
/// </remarks>
public sealed class MobileNetV2PredictionTransformer : ITransformer, IDisposable
{
    private readonly TransformerChain<ITransformer> _chain;

    internal MobileNetV2PredictionTransformer(TransformerChain<ITransformer> chain, HeadTrainingResult result, IReadOnlyList<string> classNames)
    {
        _chain = chain;
        Head = result.Head;
        History = result.History;
        ClassNames = classNames;
    }

    /// <summary>Gets what happened in the training: metrics of each epoch, the best one, and why it ended.</summary>
    public TrainingHistory History { get; }

    /// <summary>Gets the trained layers.</summary>
    public DenseHead Head { get; }

    /// <summary>Gets the names of the classes in the order of the scores.</summary>
    /// <value>Empty for binary classification and regression.</value>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets whether rows can be mapped one by one, as <c>PredictionEngine</c> does.</summary>
    /// <value>Always true.</value>
    public bool IsRowToRowMapper => true;

    /// <summary>Returns the schema of the output for a schema of the input.</summary>
    /// <param name="inputSchema">A schema with the picture column.</param>
    /// <returns>All columns of the input, then those of the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The picture column is missing or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <summary>Adds the model's columns to a data view; nothing is computed before rows are read.</summary>
    /// <param name="input">Rows with a picture column.</param>
    /// <returns>The same rows with the model's columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The picture column is missing or of another type.</exception>
    public IDataView Transform(IDataView input) => _chain.Transform(input);

    /// <summary>Returns a mapper for single rows.</summary>
    /// <param name="inputSchema">A schema with the picture column.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The picture column is missing or of another type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_chain).GetRowToRowMapper(inputSchema);

    /// <summary>Frees native memory; rows cannot be read any more.</summary>
    public void Dispose() => _chain.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_chain).Save(ctx);
}

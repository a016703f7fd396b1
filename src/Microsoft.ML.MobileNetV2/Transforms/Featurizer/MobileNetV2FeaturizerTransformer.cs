using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Adds a column with MobileNetV2's features (or feature map, or class scores) of a column of images.</summary>
/// <remarks>
/// Safe to use from several threads. Holds native memory of ONNX Runtime from the first image on; <see cref="Dispose"/> frees it.
/// Saved with <c>mlContext.Model.Save</c>, it is loaded by <c>mlContext.Model.Load</c> as a chain of ML.NET's own transformers.
/// </remarks>
public sealed class MobileNetV2FeaturizerTransformer : ITransformer, IDisposable
{
    private readonly DataViewType _inputType;
    private readonly Lazy<ImageEngine> _engine;

    /// <param name="settings">The settings.</param>
    /// <param name="inputType">Type of the image column that it was fitted to: a saved model takes this type.</param>
    internal MobileNetV2FeaturizerTransformer(FeaturizerSettings settings, DataViewType inputType)
    {
        Settings = settings;
        _inputType = inputType;
        Policy = new(settings);
        _engine = new(settings.Engine.CreateEngine);
    }

    /// <summary>Gets whether rows can be mapped one by one, as <c>PredictionEngine</c> does.</summary>
    /// <value>Always true.</value>
    public bool IsRowToRowMapper => true;

    /// <summary>Gets the count of rows that were skipped or given missing features since the transformer was made, over all passes.</summary>
    /// <value>0 under <see cref="UnreadableImageHandling.Throw"/>.</value>
    public long UnreadableImageCount => Policy.Count;

    /// <summary>Gets how images become the network's input.</summary>
    public ImagePreprocessing Preprocessing => Settings.Engine.Preprocessing;

    /// <summary>Gets the weights of the network.</summary>
    public MobileNetV2Weights Weights => Settings.Engine.Network.Weights;

    internal FeaturizerSettings Settings { get; }

    internal UnreadableImagePolicy Policy { get; }

    internal ImageEngine Engine => _engine.Value;

    /// <summary>Returns the schema of the output for a schema of the input.</summary>
    /// <param name="inputSchema">A schema with the image column.</param>
    /// <returns>All columns of the input, then the output column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return FeaturizerSchema.Create(inputSchema, Settings);
    }

    /// <summary>Adds the output column to a data view; nothing is computed before rows are read.</summary>
    /// <param name="input">Rows with an image column. They are read by two cursors at once, so they must come in the same order each time.</param>
    /// <returns>The same rows with the output column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new FeaturizerDataView(this, input);
    }

    /// <summary>Returns a mapper for single rows.</summary>
    /// <param name="inputSchema">A schema with the image column.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new FeaturizerRowMapper(this, inputSchema);
    }

    /// <summary>Frees native memory; rows cannot be read any more.</summary>
    public void Dispose()
    {
        if (_engine.IsValueCreated)
        {
            _engine.Value.Dispose();
        }
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        // ML.NET's OnnxTransformer keeps its model in a temporary file until it is disposed.
        using TransformerChain<ITransformer> chain = SavedChain.Create(Settings, _inputType);
        ((ICanSaveModel)chain).Save(ctx);
    }
}

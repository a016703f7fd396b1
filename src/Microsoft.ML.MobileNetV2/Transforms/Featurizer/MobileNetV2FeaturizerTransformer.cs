using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Adds a column with MobileNetV2's features (or feature map, or class scores) for a column of images.</summary>
/// <remarks>
/// Safe to use from several threads. Holds the memory of the network from the first image on; <see cref="Dispose"/> frees it.
/// Saved with <c>mlContext.Model.Save</c>, it is loaded by <c>mlContext.Model.Load</c> as a chain of ML.NET's own transformers.
/// </remarks>
public sealed class MobileNetV2FeaturizerTransformer : ITransformer, IDisposable
{
    internal MobileNetV2FeaturizerTransformer(ImageNetworkSettings settings, DataViewType inputType) =>
        Network = new(settings, inputType, nameof(MobileNetV2FeaturizerTransformer));

    /// <summary>Gets a value indicating whether rows can be mapped one by one, as <c>PredictionEngine</c> does.</summary>
    /// <value>Always true.</value>
    public bool IsRowToRowMapper => true;

    /// <summary>Gets the number of rows that were skipped or given NaN since the transformer was created, over all passes.</summary>
    /// <value>0 under <see cref="UnreadableImageHandling.Throw"/>.</value>
    public long UnreadableImageCount => Network.Policy.Count;

    /// <summary>Gets the preprocessing from an image to the network's input.</summary>
    public ImagePreprocessing Preprocessing => Network.Settings.Engine.Preprocessing;

    /// <summary>Gets the weights of the network.</summary>
    public MobileNetV2Weights Weights => Network.Settings.Engine.Network.Weights;

    internal ImageNetworkTransformer Network { get; }

    /// <summary>Returns the schema of the output for a schema of the input.</summary>
    /// <param name="inputSchema">A schema with the image column.</param>
    /// <returns>All columns of the input, then the output column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Network.GetOutputSchema(inputSchema);

    /// <summary>Adds the output column to a data view; nothing is computed before rows are read.</summary>
    /// <param name="input">Rows with an image column. Each pass reads them once, ahead of its reader.</param>
    /// <returns>The same rows with the output column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public IDataView Transform(IDataView input) => Network.Transform(input);

    /// <summary>Returns a mapper for single rows.</summary>
    /// <param name="inputSchema">A schema with the image column.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Network.GetRowToRowMapper(inputSchema);

    /// <summary>Releases the memory of the network; afterwards rows can no longer be read.</summary>
    public void Dispose() => Network.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)Network).Save(ctx);
}

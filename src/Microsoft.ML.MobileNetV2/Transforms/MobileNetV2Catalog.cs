using System.IO.Compression;
using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML;

/// <summary>Adds MobileNetV2 to ML.NET's catalogs.</summary>
public static partial class MobileNetV2Catalog
{
    /// <summary>Creates an estimator that turns images into feature vectors for any ML.NET trainer.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">Name of the column that is made: a vector of Single with <see cref="MobileNetV2Weights.FeatureCount"/> slots.</param>
    /// <param name="inputColumnName">
    /// Name of the column with the images: text (a path), variable vector of Byte (an encoded image), image (MLImage of any size), or vector of
    /// Single (3 × size × size pixels, as ExtractPixels gives). The default is null: the same as <paramref name="outputColumnName"/>.
    /// </param>
    /// <param name="weights">Weights of the network. The default is null: <see cref="MobileNetV2Weights.Bundled"/>.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static MobileNetV2FeaturizerEstimator MobileNetV2(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, MobileNetV2Weights? weights = null) =>
        catalog.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Weights = weights,
        });

    /// <summary>Creates an estimator that turns images into feature vectors, feature maps or class scores.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms</c>.</param>
    /// <param name="options">The settings; read once, here.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static MobileNetV2FeaturizerEstimator MobileNetV2(this TransformsCatalog catalog, MobileNetV2FeaturizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(options);
    }

    /// <summary>Loads a saved model like <c>mlContext.Model.Load</c>, but with networks that process several images at once, as before saving.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="filePath">The path of a .zip that <c>mlContext.Model.Save</c> wrote.</param>
    /// <param name="inputSchema">The schema of the model's input; null where none was saved.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ITransformer LoadWithMobileNetV2(this ModelOperationsCatalog catalog, string filePath, out DataViewSchema? inputSchema)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        using FileStream file = File.OpenRead(filePath);
        return catalog.LoadWithMobileNetV2(file, out inputSchema);
    }

    /// <summary>Loads a saved model like <c>mlContext.Model.Load</c>, but with networks that process several images at once, as before saving.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="stream">A .zip that <c>mlContext.Model.Save</c> wrote; read whole. Not disposed.</param>
    /// <param name="inputSchema">The schema of the model's input; null where none was saved.</param>
    /// <returns>The model. The caller disposes it.</returns>
    public static ITransformer LoadWithMobileNetV2(this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            copy.Position = 0;
            return catalog.LoadWithMobileNetV2(copy, out inputSchema);
        }

        long start = stream.Position;
        ITransformer loaded = catalog.Load(stream, out inputSchema);
        stream.Position = start;
        using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
        return new SavedModelRestorer(archive).Restore(loaded);
    }

    /// <summary>Creates a classifier from a model in memory.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="model">
    /// A model that <c>MulticlassClassification.Trainers.MobileNetV2</c> fitted, alone or in a pipeline, or that
    /// <see cref="LoadWithMobileNetV2(ModelOperationsCatalog, string, out DataViewSchema?)"/> loaded. Not disposed.
    /// </param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <returns>The classifier. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">The model does not classify images into classes, or options are out of range.</exception>
    public static ImageClassifier CreateImageClassifier(this ModelOperationsCatalog catalog, ITransformer model, ImageClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new(ClassifierSettings.Create(options, () => ModelNetworks.FindClassifier(model)));
    }
}

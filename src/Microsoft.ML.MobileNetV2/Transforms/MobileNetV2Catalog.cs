using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Transforms;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML;

/// <summary>Adds MobileNetV2 to ML.NET's catalogs.</summary>
public static partial class MobileNetV2Catalog
{
    /// <summary>Creates an estimator that turns images into feature vectors for any ML.NET trainer.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">Name of the output column: a vector of Single with <see cref="MobileNetV2Weights.FeatureCount"/> slots.</param>
    /// <param name="inputColumnName">
    /// Name of the column with the images: text (a path), variable vector of Byte (an encoded image), image (MLImage of any size), or vector of
    /// Single (3 × size × size pixels, as ExtractPixels outputs). The default is null: the same as <paramref name="outputColumnName"/>.
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
    /// <param name="options">The options, read once.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static MobileNetV2FeaturizerEstimator MobileNetV2(this TransformsCatalog catalog, MobileNetV2FeaturizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(options, ContextLog.Of(catalog));
    }

    /// <summary>Loads a saved model like <c>mlContext.Model.Load</c>, but with networks that process several images at once, as before saving.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="filePath">The path of a .zip that <c>mlContext.Model.Save</c> wrote.</param>
    /// <param name="inputSchema">The schema of the model's input; null where none was saved.</param>
    /// <param name="options">What the model may demand, read once; null for the defaults.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <remarks>
    /// The whole file is verified before ML.NET reads it. ML.NET then runs the components that the file names, so load untrusted models with
    /// <see cref="ImageClassifier.Load(string, ImageClassifierOptions, string)"/> instead.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no saved model, damaged, contradicts itself, or exceeds the limits.</exception>
    /// <exception cref="ArgumentException">Options are out of range.</exception>
    public static ITransformer LoadWithMobileNetV2(
        this ModelOperationsCatalog catalog, string filePath, out DataViewSchema? inputSchema, ModelLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        using FileStream file = ModelStream.Open(filePath);
        return SavedModelLoader.Load(catalog, file, filePath, options, out inputSchema);
    }

    /// <summary>Loads a saved model like <c>mlContext.Model.Load</c>, but with networks that process several images at once, as before saving.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="stream">A .zip that <c>mlContext.Model.Save</c> wrote; read whole. Not disposed.</param>
    /// <param name="inputSchema">The schema of the model's input; null where none was saved.</param>
    /// <param name="options">What the model may demand, read once; null for the defaults.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <remarks>
    /// The whole stream is verified before ML.NET reads it. ML.NET then runs the components that the file names, so load untrusted models with
    /// <see cref="ImageClassifier.Load(Stream, ImageClassifierOptions, string)"/> instead.
    /// </remarks>
    /// <exception cref="InvalidDataException">The stream is no saved model, damaged, contradicts itself, or exceeds the limits.</exception>
    /// <exception cref="ArgumentException">Options are out of range.</exception>
    public static ITransformer LoadWithMobileNetV2(
        this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema? inputSchema, ModelLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        return SavedModelLoader.Load(catalog, stream, nameof(stream), options, out inputSchema);
    }

    /// <summary>Saves a model like <c>mlContext.Model.Save</c>, but atomically: a crash or a full disk leaves the old file unchanged.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The schema of the model's input; may be null.</param>
    /// <param name="filePath">The path of the .zip; an existing one is replaced atomically, after everything is written.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is protected.</exception>
    public static void SaveAtomically(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        AtomicFile.Write(filePath, stream => catalog.Save(model, inputSchema, stream));
    }

    /// <summary>Creates a classifier from a model in memory.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="model">
    /// A model that <c>MulticlassClassification.Trainers.MobileNetV2</c> fitted, alone or in a pipeline, or that
    /// <see cref="LoadWithMobileNetV2(ModelOperationsCatalog, string, out DataViewSchema?, ModelLoadOptions?)"/> loaded. Not disposed.
    /// </param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <returns>The classifier. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">
    /// The model does not classify images into classes, does so twice, another step of it changes the images or the scores, or options are out of range.
    /// </exception>
    public static ImageClassifier CreateImageClassifier(this ModelOperationsCatalog catalog, ITransformer model, ImageClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new(ClassifierSettings.Create(options, () => ModelNetworks.FindClassifier(model)));
    }
}

using System.IO.Compression;
using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML;

/// <summary>Adds MobileNetV2 to ML.NET's catalogs.</summary>
public static class MobileNetV2Catalog
{
    /// <summary>Makes an estimator that turns images into feature vectors for any ML.NET trainer.</summary>
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

    /// <summary>Makes an estimator that turns images into feature vectors, feature maps or class scores.</summary>
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

    /// <summary>Loads a saved model like <c>mlContext.Model.Load</c>, but with featurizers that work on several images at once, as before saving.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Model</c>.</param>
    /// <param name="filePath">Path of a .zip that <c>mlContext.Model.Save</c> wrote.</param>
    /// <param name="inputSchema">The schema of the model's input; null where none was saved.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ITransformer LoadWithMobileNetV2(this ModelOperationsCatalog catalog, string filePath, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        using FileStream file = File.OpenRead(filePath);
        ITransformer loaded = catalog.Load(file, out inputSchema);
        file.Position = 0;
        using ZipArchive archive = new(file, ZipArchiveMode.Read, leaveOpen: true);
        return new SavedModelReader(archive).Restore(loaded);
    }
}

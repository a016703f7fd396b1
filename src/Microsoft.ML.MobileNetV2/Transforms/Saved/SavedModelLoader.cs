using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Loads saved models by ML.NET, after everything in the file was verified, and brings their networks back.</summary>
internal static class SavedModelLoader
{
    /// <exception cref="InvalidDataException">The stream is no saved model, damaged, or exceeds the limits.</exception>
    internal static ITransformer Load(
        ModelOperationsCatalog catalog, Stream stream, string source, ModelLoadOptions? options, out DataViewSchema? inputSchema)
    {
        options ??= new();
        Validate(options);
        ClassifierModel.BeginWarmUp(runtime: null);
        try
        {
            Stream content = ModelStream.Open(stream, options.MaxModelSize, options.ExpectedSha256);
            SavedModel saved = SavedModel.Read(content, options.Limits);
            (ITransformer loaded, inputSchema) = StockOnnx.Open(() =>
            {
                content.Position = 0;
                return (catalog.Load(content, out DataViewSchema? schema), schema);
            });
            return new SavedModelRestorer(saved, ContextLog.Of(catalog)).Restore(loaded);
        }
        catch (Exception e) when (SavedModelErrors.IsAboutContent(e) || IsAboutAssembly(e))
        {
            throw new InvalidDataException($"'{source}' cannot be loaded as a saved model: {e.Message}", e);
        }
    }

    /// <summary>Returns whether an assembly that the file names cannot be loaded; the file itself is open by then.</summary>
    private static bool IsAboutAssembly(Exception exception) => exception is FileNotFoundException or FileLoadException;

    private static void Validate(ModelLoadOptions options)
    {
        OptionsValidator validator = new();
        options.Limits.Validate(validator);
        validator.ThrowIfAny(nameof(options));
        ModelStream.RequireSha256(options.ExpectedSha256, nameof(options));
    }
}

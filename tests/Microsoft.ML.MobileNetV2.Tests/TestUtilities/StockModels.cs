using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Loads saved models by ML.NET alone.</summary>
internal static class StockModels
{
    /// <summary>Loads a model, once more where ML.NET's random file name was one that ONNX Runtime takes for another format.</summary>
    internal static ITransformer LoadStock(this ModelOperationsCatalog catalog, string path, out DataViewSchema schema)
    {
        (ITransformer model, schema) = StockOnnx.Open(() => (catalog.Load(path, out DataViewSchema read), read));
        return model;
    }
}

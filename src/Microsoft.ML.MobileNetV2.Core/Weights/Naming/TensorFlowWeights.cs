namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Provides the metadata that all weights trained by TensorFlow share.</summary>
internal static class TensorFlowWeights
{
    internal static IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>
    {
        ["padding"] = "same",
        ["batch_norm_epsilon"] = "1e-3",
        ["preprocessing"] = WeightsMetadata.TensorFlowPreprocessing,
    };
}

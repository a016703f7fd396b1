namespace Microsoft.ML.MobileNetV2.Tool.Commands.Info;

/// <summary>Represents a network: its layers and their sums.</summary>
internal sealed record ArchitectureResult(
    float WidthMultiplier, float DepthMultiplier, int InputSize, int FeatureCount, int ClassCount, long Parameters, long MultiplyAdds, IReadOnlyList<LayerResult> Layers)
{
    internal static ArchitectureResult Of(MobileNetV2Architecture architecture, int inputSize, int classCount)
    {
        LayerResult[] layers = [.. architecture.GetLayers(inputSize, classCount).Select(LayerResult.Of)];
        return new(
            architecture.WidthMultiplier,
            architecture.DepthMultiplier,
            inputSize,
            architecture.FeatureCount,
            classCount,
            layers.Sum(layer => layer.Parameters),
            layers.Sum(layer => layer.MultiplyAdds),
            layers);
    }
}

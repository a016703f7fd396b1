namespace Microsoft.ML.MobileNetV2;

/// <summary>Finds width and depth of a network from the shapes of its tensors.</summary>
internal static class ArchitectureInference
{
    private const int FinestStepsPerUnit = 100;
    private static readonly float[] PublishedWidths = [1.0f, 0.35f, 0.5f, 0.75f, 1.3f, 1.4f, 1.1f, 1.2f, 0.25f];
    private static readonly float[] PublishedDepths = [1.0f, 1.2f, 1.4f];

    internal static MobileNetV2Architecture Infer(Checkpoint checkpoint)
    {
        IEnumerable<float> widths = PublishedWidths.Concat(Enumerable.Range(5, 4 * FinestStepsPerUnit).Select(step => (float)step / FinestStepsPerUnit));
        MobileNetV2Architecture? found = widths
            .SelectMany(width => PublishedDepths.Select(depth => new MobileNetV2Architecture(width, depth)))
            .FirstOrDefault(architecture => Fits(architecture, checkpoint));
        return found ?? throw new WeightsFormatException(
            WeightsFormatError.ShapeMismatch,
            checkpoint.Source,
            "its tensors are not those of a MobileNetV2 of any width multiplier from 0.05 to 4 under torchvision's names.");
    }

    private static bool Fits(MobileNetV2Architecture architecture, Checkpoint checkpoint) =>
        architecture.ConvLayers.All(layer => checkpoint.Tensors.TryGetValue($"{layer.Name}.weight", out WeightTensor? tensor) && tensor.HasShape(layer.WeightShape))
        && !checkpoint.Tensors.ContainsKey($"features.{architecture.BlockCount + 2}.0.weight");
}

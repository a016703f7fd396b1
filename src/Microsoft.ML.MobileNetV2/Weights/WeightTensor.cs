namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents one array of a checkpoint, converted to float32. The values are never modified after reading.</summary>
internal sealed record WeightTensor(IReadOnlyList<int> Shape, float[] Values)
{
    internal static string Describe<T>(IEnumerable<T> shape) => $"({string.Join(", ", shape)})";

    internal bool HasShape(IReadOnlyList<int> shape) => Shape.SequenceEqual(shape);
}

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Is one named array of a checkpoint, converted to float32; the values are never written to after reading.</summary>
internal sealed record WeightTensor(IReadOnlyList<int> Shape, float[] Values)
{
    internal static string Describe<T>(IEnumerable<T> shape) => $"({string.Join(", ", shape)})";

    internal bool HasShape(IReadOnlyList<int> shape) => Shape.SequenceEqual(shape);
}

using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents one array of a checkpoint, converted to float32. The values are never modified after reading.</summary>
internal sealed record WeightTensor(IReadOnlyList<int> Shape, float[] Values)
{
    internal static string Describe<T>(IEnumerable<T> shape) => $"({string.Join(", ", shape)})";

    /// <summary>Returns the index of the first number that is NaN or above a limit in magnitude, or −1.</summary>
    internal static int IndexOfLarger(ReadOnlySpan<float> values, float largest) => FeatureChecks.IndexOfOutside(values, -largest, largest);

    internal bool HasShape(IReadOnlyList<int> shape) => Shape.SequenceEqual(shape);
}

using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents one array of a checkpoint, converted to float32. The values are never modified after reading.</summary>
internal sealed record WeightTensor(IReadOnlyList<int> Shape, float[] Values)
{
    internal static string Describe<T>(IEnumerable<T> shape) => $"({string.Join(", ", shape)})";

    /// <summary>Returns the index of the first number that is NaN or above a limit in magnitude, or −1.</summary>
    internal static int IndexOfLarger(ReadOnlySpan<float> values, float largest)
    {
        // NaN is the largest magnitude where there is one, and fails every comparison.
        if (values.IsEmpty || Math.Abs(TensorPrimitives.MaxMagnitude(values)) <= largest)
        {
            return -1;
        }

        int index = 0;
        while (Math.Abs(values[index]) <= largest)
        {
            index++;
        }

        return index;
    }

    internal bool HasShape(IReadOnlyList<int> shape) => Shape.SequenceEqual(shape);
}

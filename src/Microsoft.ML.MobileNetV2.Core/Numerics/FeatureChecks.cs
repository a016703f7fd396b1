using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Finds numbers that training cannot use.</summary>
internal static class FeatureChecks
{
    /// <summary>Returns where the first number lies that is not finite, or −1.</summary>
    internal static int IndexOfNotFinite(ReadOnlySpan<float> values) => IndexOfOutside(values, float.MinValue, float.MaxValue);

    /// <summary>Returns where the first number lies that is NaN or outside of a range, or −1.</summary>
    internal static int IndexOfOutside(ReadOnlySpan<float> values, float min, float max)
    {
        const int BlockLength = 4096;
        for (int start = 0; start < values.Length; start += BlockLength)
        {
            ReadOnlySpan<float> block = values[start..Math.Min(values.Length, start + BlockLength)];

            // Both return NaN when the block has one, and NaN fails every comparison.
            if (!(TensorPrimitives.Min(block) >= min && TensorPrimitives.Max(block) <= max))
            {
                int index = 0;
                while (block[index] >= min && block[index] <= max)
                {
                    index++;
                }

                return start + index;
            }
        }

        return -1;
    }
}

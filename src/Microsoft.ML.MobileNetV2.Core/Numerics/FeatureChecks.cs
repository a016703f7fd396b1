using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Finds numbers that neither training nor a network can use.</summary>
internal static class FeatureChecks
{
    /// <summary>Returns where the first number lies that is not finite, or −1.</summary>
    internal static int IndexOfNotFinite(ReadOnlySpan<float> values) => IndexOfOutside(values, float.MinValue, float.MaxValue);

    /// <summary>Returns where the first number lies that is NaN or outside of a range, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Each weight passes here once, before the compiler would think it worth it.
    internal static int IndexOfOutside(ReadOnlySpan<float> values, float min, float max)
    {
        Vector<float> smallest = new(min), largest = new(max);
        int index = 0;
        while (index <= values.Length - Vector<float>.Count)
        {
            // NaN fails every comparison.
            Vector<float> block = new(values[index..]);
            if (!Vector.GreaterThanOrEqualAll(block, smallest) || !Vector.LessThanOrEqualAll(block, largest))
            {
                break;
            }

            index += Vector<float>.Count;
        }

        while (index < values.Length && values[index] >= min && values[index] <= max)
        {
            index++;
        }

        return index < values.Length ? index : -1;
    }
}

using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Assigns places in the flat array of parameters.</summary>
internal sealed class ParameterLayout
{
    /// <summary>Gets the numbers of all parameters, padding included.</summary>
    internal int Count { get; private set; }

    /// <summary>Adds some parameters and returns where they start.</summary>
    internal int Add(int count)
    {
        int start = Count;
        Count = checked(Count + AlignedMemory.RoundUp(count));
        return start;
    }
}

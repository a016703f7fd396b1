namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents one of several nearly equal parts of some work; by default all of it.</summary>
/// <param name="Index">The number of the part, from 0.</param>
/// <param name="Count">The number of parts; 0 as 1.</param>
internal readonly record struct WorkPart(int Index, int Count)
{
    /// <summary>Returns which of so many items are the part's; none where there are fewer items than parts.</summary>
    internal (int Start, int End) Of(int itemCount) =>
        Count <= 1 ? (0, itemCount) : ((int)((long)itemCount * Index / Count), (int)((long)itemCount * (Index + 1) / Count));
}

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the rows of a batch that are in memory at once.</summary>
/// <param name="First">The first row in the batch.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="BatchRows">The rows of the whole batch.</param>
internal readonly record struct BatchPart(int First, int Count, int BatchRows)
{
    internal bool IsLast => First + Count == BatchRows;
}

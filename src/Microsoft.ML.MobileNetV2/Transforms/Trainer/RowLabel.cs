namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents what a training row has in addition to its image.</summary>
/// <param name="Position">The position of the row in the data view.</param>
/// <param name="Label">The index of the label among those that were read.</param>
/// <param name="Weight">How much the row counts.</param>
internal readonly record struct RowLabel(long Position, int Label, float Weight);

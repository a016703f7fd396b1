namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Holds what a trainer reads from a data view: features, labels and weights of all rows.</summary>
/// <param name="Features">The features, row by row; finite.</param>
/// <param name="FeatureCount">Features of a row.</param>
/// <param name="Labels">The label of each row as the label column's reader gives it.</param>
/// <param name="Weights">The weight of each row; empty where all count the same.</param>
/// <param name="Positions">The position in the data view of each row: views share one, and rows may have been left out.</param>
internal sealed record TrainingRows(
    ReadOnlyMemory<float> Features, int FeatureCount, IReadOnlyList<object> Labels, float[] Weights, IReadOnlyList<long> Positions);

using Microsoft.ML.MobileNetV2.FineTuning;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents what a trainer reads from a data view: features, labels and weights of all rows.</summary>
/// <param name="Features">The features, row by row; finite.</param>
/// <param name="FeatureCount">The number of features of a row.</param>
/// <param name="Labels">The labels.</param>
/// <param name="LabelIndices">The index of the label of each row.</param>
/// <param name="Weights">The weight of each row; empty where all count the same.</param>
/// <param name="Positions">The position in the data view of each row: views share one, and rows may have been left out.</param>
internal sealed record TrainingRows(
    ReadOnlyMemory<float> Features, int FeatureCount, LabelBuffer Labels, IReadOnlyList<int> LabelIndices, float[] Weights, IReadOnlyList<long> Positions)
{
    internal int RowCount => LabelIndices.Count;

    /// <summary>Gets what the network in training takes, where the backbone is trained; features are then computed from that.</summary>
    internal NetworkInputs? Inputs { get; init; }

    /// <summary>Gets what the teacher says of the rows; null without one.</summary>
    internal TeachingRows? Teaching { get; init; }
}

namespace Microsoft.ML.MobileNetV2.Tests.SavedModels;

/// <summary>Holds what an old version gave for the images, for one way of loading its model.</summary>
internal sealed record LegacyResult
{
    public required string LoadedBy { get; init; }

    public string[] Columns { get; init; } = [];

    public required string[] SlotNames { get; init; }

    public required float[][] Scores { get; init; }

    public float[] Probabilities { get; init; } = [];

    public string[] PredictedLabels { get; init; } = [];

    public string[] Best { get; init; } = [];
}

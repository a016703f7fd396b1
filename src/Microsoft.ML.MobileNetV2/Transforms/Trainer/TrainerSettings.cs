namespace Microsoft.ML.MobileNetV2;

/// <summary>Is a checked copy of the trainer's options.</summary>
internal sealed record TrainerSettings(
    EngineSettings Engine,
    string LabelColumnName,
    string ImageColumnName,
    string? SampleWeightColumnName,
    string ScoreColumnName,
    string PredictedLabelColumnName,
    string ProbabilityColumnName,
    IDataView? ValidationSet,
    UnreadableImageHandling UnreadableImages,
    Action<UnreadableImage>? OnUnreadableImage,
    FeatureCache? FeatureCache,
    IProgress<TrainingProgress>? Progress,
    CancellationToken CancellationToken)
{
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static TrainerSettings Create(MobileNetV2TrainerOptions options) => new(
        EngineSettings.Create(options, MobileNetV2Output.Features, Violations(options)),
        options.LabelColumnName,
        options.ImageColumnName,
        options.SampleWeightColumnName,
        options.ScoreColumnName,
        options.PredictedLabelColumnName,
        options.ProbabilityColumnName,
        options.ValidationSet,
        options.UnreadableImages,
        options.OnUnreadableImage,
        options.FeatureCache,
        options.Progress,
        options.CancellationToken);

    private static IEnumerable<string> Violations(MobileNetV2TrainerOptions options)
    {
        (string Name, string? Value)[] names =
        [
            (nameof(options.LabelColumnName), options.LabelColumnName),
            (nameof(options.ImageColumnName), options.ImageColumnName),
            (nameof(options.ScoreColumnName), options.ScoreColumnName),
            (nameof(options.PredictedLabelColumnName), options.PredictedLabelColumnName),
            (nameof(options.ProbabilityColumnName), options.ProbabilityColumnName),
            (nameof(options.SampleWeightColumnName), options.SampleWeightColumnName ?? "none"),
        ];
        string? undefined = EngineSettings.Undefined(nameof(options.UnreadableImages), options.UnreadableImages);
        return names.Where(pair => string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Name} is empty.").Concat(undefined is null ? [] : [undefined]);
    }
}

using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is a checked copy of the trainer's options.</summary>
internal sealed record TrainerSettings(
    EngineSettings Engine,
    InitialModel? Initial,
    string LabelColumnName,
    string ImageColumnName,
    string? SampleWeightColumnName,
    string ScoreColumnName,
    string PredictedLabelColumnName,
    string ProbabilityColumnName,
    IDataView? ValidationSet,
    UnreadableImageHandling UnreadableImages,
    Action<UnreadableImage>? OnUnreadableImage,
    ImageAugmentationOptions? Augmentation,
    FeatureCache? FeatureCache,
    TrainingLog Log,
    IProgress<TrainingProgress>? Progress,
    CancellationToken CancellationToken)
{
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static TrainerSettings Create(MobileNetV2TrainerOptions options)
    {
        EngineSettings engine = EngineSettings.Create(options, MobileNetV2Output.Features, Violations(options));
        InitialModel? initial = options.InitialModel is { } model ? InitialModel.Read(model) : null;
        TrainingLog log = new(options.Logger ?? NullLogger.Instance);
        return Create(options, log, initial, initial?.Engine is { } trained
            ? engine with { Network = trained.Network, Preprocessing = trained.Preprocessing }
            : engine);
    }

    private static TrainerSettings Create(MobileNetV2TrainerOptions options, TrainingLog log, InitialModel? initial, EngineSettings engine) => new(
        engine,
        initial,
        options.LabelColumnName,
        options.ImageColumnName,
        options.SampleWeightColumnName,
        options.ScoreColumnName,
        options.PredictedLabelColumnName,
        options.ProbabilityColumnName,
        options.ValidationSet,
        options.UnreadableImages,
        log.Watch(options.OnUnreadableImage),
        options.Augmentation,
        options.FeatureCache,
        log,
        log.Watch(options.Progress),
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
        bool hasOtherNetwork = options.InitialModel is not null && (options.Weights is not null || options.InputSize is not null || options.Resize is not null);
        string? network = hasOtherNetwork ? "Weights, InputSize and Resize come from InitialModel; leave them null." : null;
        string? undefined = EngineSettings.Undefined(nameof(options.UnreadableImages), options.UnreadableImages);
        return names.Where(pair => string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Name} is empty.").Concat(new[] { network, undefined }.OfType<string>());
    }
}

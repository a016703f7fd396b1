using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Is a checked copy of the trainer's options.</summary>
internal sealed record TrainerSettings(
    EngineSettings Engine,
    InitialModel? Initial,
    bool HasWeights,
    string LabelColumnName,
    string ImageColumnName,
    string? ExampleWeightColumnName,
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
        if (initial?.Engine is not { } trained)
        {
            return Create(options, log, initial, engine);
        }

        bool hasOtherNetwork = options.Weights is not null || options.InputSize is not null || options.Resize is not null;
        EngineSettings.RequireNone([hasOtherNetwork ? "Weights, InputSize and Resize come from InitialModel; leave them null." : null], nameof(options));
        return Create(options, log, initial, engine with { Network = trained.Network, Preprocessing = trained.Preprocessing });
    }

    /// <summary>Is called where images are trained on.</summary>
    /// <exception cref="InvalidOperationException">Nobody knows which network the initial model's features came from.</exception>
    internal void RequireNetwork()
    {
        if (Initial is { Engine: null } && !HasWeights)
        {
            throw new InvalidOperationException(
                "The initial model was trained on features, so it does not say which network made them. Set Weights to that network's, or train on such features.");
        }
    }

    private static TrainerSettings Create(MobileNetV2TrainerOptions options, TrainingLog log, InitialModel? initial, EngineSettings engine) => new(
        engine,
        initial,
        options.Weights is not null,
        options.LabelColumnName,
        options.ImageColumnName,
        options.ExampleWeightColumnName,
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
            (nameof(options.ExampleWeightColumnName), options.ExampleWeightColumnName ?? "none"),
        ];
        string[] given = [options.ImageColumnName, options.LabelColumnName, options.ExampleWeightColumnName ?? string.Empty];
        string[] made = [options.ScoreColumnName, options.PredictedLabelColumnName, options.ProbabilityColumnName];
        string? clash = made[..2].FirstOrDefault(name => given.Contains(name)) ?? made.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        string? twice = string.IsNullOrEmpty(clash) ? null : $"'{clash}' is the name of two columns; those that the model makes need names of their own.";
        string? undefined = EngineSettings.Undefined(nameof(options.UnreadableImages), options.UnreadableImages);
        return names.Where(pair => string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Name} is empty.").Concat(new[] { twice, undefined }.OfType<string>());
    }
}

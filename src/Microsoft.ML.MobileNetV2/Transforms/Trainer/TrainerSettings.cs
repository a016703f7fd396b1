using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents a checked copy of a trainer's options, and what follows from them.</summary>
/// <param name="Options">The copy, which is never changed.</param>
/// <param name="Engine">How images become features.</param>
/// <param name="Head">Trains the head that the user wants; null where the labels decide.</param>
/// <param name="Initial">The model to continue from; null to start from scratch.</param>
/// <param name="Log">The log: the user's own, or that of ML.NET.</param>
internal sealed record TrainerSettings(
    MobileNetV2TrainerOptions Options, EngineSettings Engine, HeadTrainer? Head, InitialModel? Initial, TrainingLog Log)
{
    /// <summary>Gets the model whose scores are learned; null without one.</summary>
    internal InitialModel? Teacher { get; private init; }

    /// <param name="options">The options.</param>
    /// <param name="task">What is predicted.</param>
    /// <param name="contextLog">The log where the options have none.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static TrainerSettings Create(MobileNetV2TrainerOptions options, PredictionTask task, ILogger contextLog)
    {
        OptionsValidator validator = new();
        ValidateColumns(options, validator);
        validator.RequireDefined(options.UnreadableImages, nameof(options.UnreadableImages));
        ValidateLabelMode(options.LabelMode, task, validator);
        ValidateHead(options.Head, task, validator);
        ValidateValidation(options, validator);
        options.FineTuning?.Validate(validator.In(nameof(options.FineTuning)));
        ValidateDistillation(options.Distillation, task, validator);
        ILogger logger = options.Logger ?? contextLog;
        EngineSettings engine = EngineSettings.Create(options, MobileNetV2Output.Features, validator).WithLog(logger);
        MobileNetV2TrainerOptions copy = options.Copy();
        return new(
            copy,
            engine,
            copy.Head is { } head ? new(task.Prepare(head)) : null,
            Initial: null,
            new(logger));
    }

    /// <summary>
    /// Returns the settings of one run: arguments win over options, the log hears of all that is reported, and initial model and teacher are read.
    /// </summary>
    /// <exception cref="ArgumentException">There is no head to continue from, the options want another network than its own, or the teacher cannot teach.</exception>
    internal TrainerSettings ForRun(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        MobileNetV2TrainerOptions run = Options.Copy();
        run.OnUnreadableImage = Log.Watch(run.OnUnreadableImage);
        run.Progress = Log.Watch(progress ?? run.Progress);
        run.CancellationToken = cancellationToken.CanBeCanceled ? cancellationToken : run.CancellationToken;
        InitialModel? initial = run.InitialModel is { } model ? InitialModel.Read(model, nameof(run.InitialModel)) : null;
        InitialModel? teacher = run.Distillation?.Teacher is { } taught ? Transforms.Teacher.Require(InitialModel.Read(taught, "Distillation.Teacher")) : null;
        return this with { Options = run, Initial = initial, Teacher = teacher, Engine = FindEngine(initial) };
    }

    /// <summary>Checks, where images are trained on, that their network is known.</summary>
    /// <exception cref="InvalidOperationException">Nobody knows which network the initial model's features came from.</exception>
    internal void RequireNetwork()
    {
        if (Initial is { Engine: null } && Options.Weights is null)
        {
            throw new InvalidOperationException(
                "The initial model was trained on features, so it does not say which network made them. Set Weights to that network's, or train on such features.");
        }
    }

    /// <summary>Creates what trains the backbone; null where it stays as it is.</summary>
    /// <exception cref="InvalidOperationException">The options do not fit the network.</exception>
    internal FineTuner? CreateTuner() => Options.FineTuning is { } tuning
        ? new(tuning, Engine.Network.Weights, Engine.Network.InputSize, Engine.MaxDegreeOfParallelism)
        : null;

    /// <summary>Creates an engine that runs the frozen beginning of a network.</summary>
    internal ImageEngine CreateEngine(PrefixNetwork prefix) => Engine.CreateEngine(prefix, prefix.OutputCount, nameof(MobileNetV2Trainer));

    private EngineSettings FindEngine(InitialModel? initial)
    {
        if (initial?.Engine is not { } trained)
        {
            return Engine;
        }

        bool isGiven = Options.Weights is not null || Options.InputSize is not null || Options.Resize is not null;
        return !isGiven ? Engine with { Network = trained.Network, Preprocessing = trained.Preprocessing } : throw new ArgumentException(
            "The options are not valid: Weights, InputSize and Resize come from InitialModel; leave them null.", nameof(initial));
    }

    private static void ValidateValidation(MobileNetV2TrainerOptions options, OptionsValidator validator)
    {
        validator.RequireDefined(options.PixelRange, nameof(options.PixelRange));
        validator.RequireFraction(options.ValidationFraction, nameof(options.ValidationFraction));
        if (options.ValidationFraction > 0 && options.ValidationSet is not null)
        {
            validator.Add("ValidationSet and ValidationFraction are both set; expected one of them.");
        }
    }

    private static void ValidateLabelMode(LabelMode mode, PredictionTask task, OptionsValidator validator)
    {
        validator.RequireDefined(mode, nameof(MobileNetV2TrainerOptions.LabelMode));
        validator.Require(
            mode != LabelMode.MultiLabel || task.LabelMode == mode,
            nameof(MobileNetV2TrainerOptions.LabelMode),
            mode,
            "several labels per image are learned by MulticlassClassification.Trainers.MobileNetV2");
    }

    private static void ValidateDistillation(DistillationOptions? distillation, PredictionTask task, OptionsValidator validator)
    {
        distillation?.Validate(validator.In(nameof(MobileNetV2TrainerOptions.Distillation)));
        if (distillation is not null && task.Name != MulticlassTask.TaskName)
        {
            validator.Add($"Distillation is set, but the labels are {task.Name}; expected MulticlassClassification.Trainers.MobileNetV2 with one label per image.");
        }
    }

    private static void ValidateHead(HeadTrainerOptions? head, PredictionTask task, OptionsValidator validator)
    {
        if (head is not null)
        {
            HeadTrainerOptionsValidation.Validate(head, validator.In(nameof(MobileNetV2TrainerOptions.Head)));
            task.ValidateHead(head, validator);
        }
    }

    private static void ValidateColumns(MobileNetV2TrainerOptions options, OptionsValidator validator)
    {
        validator.RequireColumnName(options.LabelColumnName, nameof(options.LabelColumnName));
        validator.RequireColumnName(options.ImageColumnName, nameof(options.ImageColumnName));
        validator.RequireColumnName(options.ScoreColumnName, nameof(options.ScoreColumnName));
        validator.RequireColumnName(options.PredictedLabelColumnName, nameof(options.PredictedLabelColumnName));
        validator.RequireColumnName(options.ProbabilityColumnName, nameof(options.ProbabilityColumnName));
        validator.RequireColumnName(options.ExampleWeightColumnName ?? "none", nameof(options.ExampleWeightColumnName));
        string[] given = [options.ImageColumnName, options.LabelColumnName, options.ExampleWeightColumnName ?? string.Empty];
        string[] made = [options.ScoreColumnName, options.PredictedLabelColumnName, options.ProbabilityColumnName];
        string? clash = made[..2].FirstOrDefault(name => given.Contains(name)) ?? made.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (!string.IsNullOrEmpty(clash))
        {
            validator.Add($"'{clash}' is the name of two columns; those that the model makes need names of their own.");
        }
    }
}

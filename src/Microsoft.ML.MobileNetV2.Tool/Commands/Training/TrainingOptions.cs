namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Turns arguments into the options of the trainer.</summary>
internal static class TrainingOptions
{
    /// <summary>The learning rate that is safer where all blocks are trained.</summary>
    private const double RateOfAllBlocks = 1e-4;

    internal static MobileNetV2TrainerOptions Create(
        TrainingArguments arguments, MobileNetV2Weights? weights, ITransformer? initialModel, Action<UnreadableImage> onUnreadableImage)
    {
        MobileNetV2TrainerOptions options = new()
        {
            InitialModel = initialModel,
            FineTuning = CreateFineTuning(arguments),
            FeatureCache = arguments.Cache is { } folder ? FeatureCache.InFolder(folder) : null,
            Augmentation = arguments.Augment ? new ImageAugmentationOptions { Seed = arguments.Seed } : null,
            UnreadableImages = UnreadableImageHandling.SkipRow,
            OnUnreadableImage = onUnreadableImage,
        };
        if (weights is not null)
        {
            options.Weights = weights;
            options.InputSize = arguments.Size;
        }

        options.Head = new HeadTrainerOptions
        {
            BalanceClasses = arguments.IsBalanced,
            KeepBestWhenCanceled = true,
            Seed = arguments.Seed,
            Epochs = arguments.FineTune is null ? arguments.Epochs ?? 0 : 0,
        };
        return options;
    }

    private static FineTuningOptions? CreateFineTuning(TrainingArguments arguments)
    {
        if (arguments.FineTune is not { } blocks)
        {
            return null;
        }

        FineTuningOptions options = new() { UnfrozenBlocks = blocks };
        options.Epochs = arguments.Epochs ?? options.Epochs;
        if (blocks == FineTuningOptions.AllBlocks)
        {
            options.Optimizer.LearningRate = RateOfAllBlocks;
        }

        return options;
    }
}

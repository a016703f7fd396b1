using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Options;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how the backbone is trained after the head.</summary>
/// <remarks>
/// The head is trained first, on the features of the frozen backbone. Then the last blocks and the head are trained together, at a low learning
/// rate. What is frozen is computed once for each image. With validation rows the best epoch is kept, and the frozen backbone counts as epoch 0.
/// </remarks>
public sealed class FineTuningOptions
{
    /// <summary>Specifies, for <see cref="UnfrozenBlocks"/>, the whole network.</summary>
    public const int AllBlocks = int.MaxValue;

    private const int DefaultUnfrozenBlocks = 5;
    private const double DefaultLearningRate = 3e-4;
    private const double DefaultWeightDecay = 0.01;

    /// <summary>Gets or sets how many blocks are trained, from the last: the last convolution is the first of them, the stem belongs to the last.</summary>
    /// <value>
    /// At least 1. The default is 5: the last convolution and four inverted residuals. A network of depth multiplier 1 has 18;
    /// <see cref="AllBlocks"/> trains all of any network, at many times the cost, since every image passes through all of it in each epoch.
    /// </value>
    public int UnfrozenBlocks { get; set; } = DefaultUnfrozenBlocks;

    /// <summary>Gets or sets how batch norm is handled in the blocks that are trained.</summary>
    /// <value>The default is <see cref="BatchNormHandling.Frozen"/>.</value>
    public BatchNormHandling BatchNorm { get; set; }

    /// <summary>Gets or sets the optimizer, with its learning rate.</summary>
    /// <value>The default is <see cref="AdamOptions"/> with a learning rate of 3e-4. With all blocks, 1e-4 is safer. Batch norm and biases do not decay.</value>
    public OptimizerOptions Optimizer { get; set; } = new AdamOptions { LearningRate = DefaultLearningRate, WeightDecay = DefaultWeightDecay };

    /// <summary>Gets or sets the learning rate schedule.</summary>
    /// <value>The default is <see cref="LearningRateSchedule.Cosine(double)"/>, down to 0.</value>
    public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Cosine();

    /// <summary>Gets or sets the factor on the learning rate of each block, counted from the last convolution: lower blocks change less.</summary>
    /// <value>Above 0, at most 1. The default is 1: all blocks learn at the same rate.</value>
    public double LearningRateDecay { get; set; } = 1;

    /// <summary>Gets or sets the number of epochs at the start in which the learning rate rises from 0.</summary>
    /// <value>At least 0; may be a fraction. The default is 1.</value>
    public double WarmUpEpochs { get; set; } = 1;

    /// <summary>Gets or sets the number of epochs: how often every image is seen.</summary>
    /// <value>At least 1. The default is 12.</value>
    public int Epochs { get; set; } = 12;

    /// <summary>Gets or sets the number of images per step.</summary>
    /// <value>At least 1. The default is 32.</value>
    public int BatchSize { get; set; } = 32;

    /// <summary>Gets or sets how many images of a batch are in memory at once; the gradients of the parts are added up.</summary>
    /// <value>
    /// At least 1. The default is null: the whole batch. A smaller number gives the same training, but for the last bits, in less memory; where batch norm is
    /// trained, its statistics are those of the part.
    /// </value>
    public int? MicroBatchSize { get; set; }

    /// <summary>Gets or sets the label smoothing: the fraction of a target that is spread over all classes; losses for which it makes no sense ignore it.</summary>
    /// <value>At least 0, below 1. The default is 0.1.</value>
    public float LabelSmoothing { get; set; } = 0.1f;

    /// <summary>Gets or sets how strongly pairs of images and their targets are added up (MixUp): α of the beta distribution of their ratio.</summary>
    /// <value>
    /// At least 0; 0 mixes nothing. The default is 0; for training all blocks on many images 0.2 is usual. Where the first blocks are frozen, it is their
    /// output that is mixed.
    /// </value>
    public float MixUpAlpha { get; set; }

    /// <summary>Gets or sets how large boxes of one image are put into another, with targets in the ratio of their areas (CutMix): α of the beta distribution.</summary>
    /// <value>
    /// At least 0; 0 cuts nothing. The default is 0; for training all blocks on many images 1 is usual. Where the first blocks are frozen, it is their output
    /// that is cut. With <see cref="MixUpAlpha"/> each batch has one of both, by chance.
    /// </value>
    public float CutMixAlpha { get; set; }

    /// <summary>Gets or sets by which metric epochs are compared on the validation rows, and when training stops before the last epoch.</summary>
    /// <value>
    /// The default is null: all epochs are run, and the best one is that of the highest accuracy, with numbers as labels of the lowest loss. Label
    /// smoothing makes a network less sure, so that its loss does not tell whether it is better than the frozen backbone.
    /// </value>
    public EarlyStoppingOptions? EarlyStopping { get; set; }

    /// <summary>Gets or sets the largest norm of the gradient over all weights; a larger gradient is scaled down to it.</summary>
    /// <value>At least 0; 0 does not clip. The default is 5.</value>
    public float GradientClipNorm { get; set; } = 5;

    /// <summary>Gets or sets the decay of an exponential moving average of all weights, which then is what is validated and kept.</summary>
    /// <value>At least 0, below 1. The default is 0: the weights themselves. 0.99 averages over some hundred steps; at first it follows faster.</value>
    public double AverageDecay { get; set; }

    /// <summary>Gets or sets the path of a file to which the state of the training is written, so that a run that was cut off is resumed.</summary>
    /// <value>
    /// The default is null: none. A training that finds the file goes on from there and ends with the same weights, bit for bit, as one that was
    /// never cut off; the head is trained again before. Options, rows and weights must be the same: otherwise the training is refused. The file is
    /// replaced at once, and deleted when the training has ended. To train a finished model further, set <see cref="MobileNetV2TrainerOptions.InitialModel"/>.
    /// </value>
    public string? CheckpointPath { get; set; }

    /// <summary>Gets or sets after which time the state is written within an epoch too; it is always written at its end.</summary>
    /// <value>At least 0, which writes it after each step. The default is 10 minutes. Has no effect without <see cref="CheckpointPath"/>.</value>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets the most bytes of memory for what the frozen blocks give for the images; the rest goes to a temporary file.</summary>
    /// <value>At least 0. The default is null: half of the memory that the training leaves. The results are the same bits.</value>
    public long? MaxCacheMemory { get; set; }

    /// <summary>Gets or sets the folder of that temporary file, which is deleted when the training ends, however it ends.</summary>
    /// <value>The default is null: the folder for temporary files of the operating system.</value>
    public string? CacheFolder { get; set; }

    internal FineTuningOptions Copy()
    {
        var copy = (FineTuningOptions)MemberwiseClone();
        copy.Optimizer = Optimizer.Copy();
        copy.EarlyStopping = EarlyStopping?.Copy();
        return copy;
    }

    internal void Validate(OptionsValidator validator)
    {
        validator.Require(UnfrozenBlocks >= 1, nameof(UnfrozenBlocks), UnfrozenBlocks, "expected at least 1; leave FineTuning null to train the head alone");
        validator.RequireDefined(BatchNorm, nameof(BatchNorm));
        validator.Require(Optimizer is not null, nameof(Optimizer), Optimizer, "expected one of SgdOptions and AdamOptions");
        Optimizer?.Validate(validator.In(nameof(Optimizer)));
        validator.Require(Schedule is not null, nameof(Schedule), Schedule, "LearningRateSchedule.Constant keeps the rate");
        validator.RequirePositive(LearningRateDecay, nameof(LearningRateDecay));
        validator.Require(LearningRateDecay <= 1, nameof(LearningRateDecay), LearningRateDecay, "expected at most 1");
        validator.RequireNotNegative(WarmUpEpochs, nameof(WarmUpEpochs));
        validator.Require(Epochs >= 1, nameof(Epochs), Epochs, "expected at least 1");
        validator.Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "expected at least 1 image");
        validator.Require(MicroBatchSize is null or >= 1, nameof(MicroBatchSize), MicroBatchSize, "expected at least 1 image");
        validator.RequireFraction(AverageDecay, nameof(AverageDecay));
        validator.RequireFraction(LabelSmoothing, nameof(LabelSmoothing));
        validator.RequireNotNegative(MixUpAlpha, nameof(MixUpAlpha));
        validator.RequireNotNegative(CutMixAlpha, nameof(CutMixAlpha));
        validator.RequireNotNegative(GradientClipNorm, nameof(GradientClipNorm));
        validator.RequireNotEmpty(CheckpointPath ?? "none", nameof(CheckpointPath));
        validator.Require(MaxCacheMemory is null or >= 0, nameof(MaxCacheMemory), MaxCacheMemory, "expected at least 0 bytes");
        validator.RequireNotEmpty(CacheFolder ?? "none", nameof(CacheFolder));
        validator.Require(CheckpointInterval >= TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval, "expected a time of at least 0");
        EarlyStopping?.Validate(validator.In(nameof(EarlyStopping)));
    }

    /// <summary>Gets a value indicating whether images are mixed.</summary>
    internal bool MixesImages => MixUpAlpha > 0 || CutMixAlpha > 0;

    /// <summary>Gets how many images are in memory at once.</summary>
    internal int PassSize => Math.Min(BatchSize, MicroBatchSize ?? BatchSize);

    /// <summary>Returns how epochs are compared.</summary>
    internal EarlyStoppingOptions ForEpochs(TargetKind kind) => EarlyStopping ?? new()
    {
        Metric = kind == TargetKind.Values ? TrainingMetric.Loss : TrainingMetric.Accuracy,
        Patience = int.MaxValue,
    };

    /// <summary>Returns the options of the head for the time when it is trained together with the backbone.</summary>
    internal HeadTrainerOptions ForHead(HeadTrainerOptions head)
    {
        HeadTrainerOptions copy = head.Copy();
        copy.Optimizer = Optimizer.Copy();
        copy.Schedule = Schedule;
        copy.WarmUpEpochs = WarmUpEpochs;
        copy.Epochs = Epochs;
        copy.BatchSize = BatchSize;
        copy.LabelSmoothing = HeadCompatibility.AllowsLabelSmoothing(head.Loss) ? LabelSmoothing : 0;
        copy.MixUpAlpha = 0;
        copy.GradientClipNorm = 0;

        // The head starts from one for features as they are.
        copy.StandardizeFeatures = false;
        return copy;
    }
}

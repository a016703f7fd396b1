namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the layers of a head and how it is trained; the defaults suit small sets of images.</summary>
/// <remarks>A trainer copies the options when it is created, and never changes them.</remarks>
public sealed class HeadTrainerOptions
{
    /// <summary>Gets or sets the dense layers, from the features to the outputs.</summary>
    /// <value>At least one. The default is a single layer, sized from the labels.</value>
    public IReadOnlyList<DenseLayerOptions> Layers { get; set; } = [new()];

    /// <summary>Gets or sets the loss function to minimize.</summary>
    /// <value>The default is <see cref="HeadLoss.CategoricalCrossEntropy"/>.</value>
    public HeadLoss Loss { get; set; }

    /// <summary>Gets or sets the exponent γ of <see cref="HeadLoss.Focal"/>.</summary>
    /// <value>At least 0; 0 gives cross-entropy. The default is 2.</value>
    public float FocalGamma { get; set; } = 2;

    /// <summary>Gets or sets the optimizer, with its learning rate.</summary>
    /// <value>The default is <see cref="AdamOptions"/>.</value>
    public OptimizerOptions Optimizer { get; set; } = new AdamOptions();

    /// <summary>Gets or sets the learning rate schedule.</summary>
    /// <value>The default is <see cref="LearningRateSchedule.Cosine(double)"/>, down to 0.</value>
    public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Cosine();

    /// <summary>Gets or sets the number of epochs at the start in which the learning rate rises from 0.</summary>
    /// <value>At least 0; may be a fraction. The default is 0.</value>
    public double WarmUpEpochs { get; set; }

    /// <summary>Gets or sets the number of epochs: how often every row is seen.</summary>
    /// <value>At least 0. The default is 0: as many as make about 1000 steps, within 20 to 200.</value>
    public int Epochs { get; set; }

    /// <summary>Gets or sets the number of rows per step.</summary>
    /// <value>At least 1. The default is 32.</value>
    public int BatchSize { get; set; } = 32;

    /// <summary>Gets or sets the label smoothing: the fraction of a target that is spread over all classes, against overconfidence; for the cross-entropies and focal loss.</summary>
    /// <value>At least 0, below 1. The default is 0.</value>
    public float LabelSmoothing { get; set; }

    /// <summary>Gets or sets a value indicating whether every class counts the same, however many rows it has.</summary>
    /// <value>The default is <see langword="false"/>: every row counts the same, unless <see cref="ClassWeights"/> are given.</value>
    public bool BalanceClasses { get; set; }

    /// <summary>Gets or sets the weight of each class.</summary>
    /// <value>One number of at least 0 for each class; only their ratios matter. The default is <see langword="null"/>: <see cref="BalanceClasses"/> decides.</value>
    public IReadOnlyList<float>? ClassWeights { get; set; }

    /// <summary>Gets or sets the largest norm of the gradient over all weights; a larger gradient is scaled down to it.</summary>
    /// <value>At least 0. The default is 0: gradients are not clipped.</value>
    public float GradientClipNorm { get; set; }

    /// <summary>Gets or sets α of MixUp (arXiv:1710.09412), which trains on mixtures of two rows: λ·a + (1 − λ)·b with λ from the beta distribution (α, α).</summary>
    /// <value>At least 0; 0.2 is usual. The default is 0: no mixtures.</value>
    public float MixUpAlpha { get; set; }

    /// <summary>Gets or sets when training stops before the last epoch; this needs validation rows.</summary>
    /// <value>
    /// The default stops after 10 epochs without a lower validation loss where there are validation rows. Setting a value requires them: without
    /// validation rows, training is refused. With <see langword="null"/>, all epochs are run.
    /// </value>
    public EarlyStoppingOptions? EarlyStopping
    {
        get;
        set
        {
            field = value;
            NeedsValidation = value is not null;
        }
    } = new();

    /// <summary>Gets a value indicating whether the user asked for what only validation rows can give.</summary>
    internal bool NeedsValidation { get; private set; }

    /// <summary>Gets or sets a value indicating whether features are standardized to mean 0 and deviation 1 during training; the weights of the trained head undo it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool StandardizeFeatures { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether a canceled training run returns the best model so far, rather than throwing.</summary>
    /// <value>
    /// The default is <see langword="false"/>: an <see cref="OperationCanceledException"/> is thrown. It is always thrown before the first epoch has ended,
    /// since there is no model yet.
    /// </value>
    public bool KeepBestWhenCanceled { get; set; }

    /// <summary>Gets or sets the seed of all random numbers; with the same seed and data, one machine produces the same weights.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    internal int EpochsFor(int stepsPerEpoch)
    {
        const int WantedSteps = 1000;
        const int Fewest = 20;
        const int Most = 200;
        return Epochs > 0 ? Epochs : Math.Clamp(WantedSteps / stepsPerEpoch, Fewest, Most);
    }

    internal HeadTrainerOptions Copy()
    {
        var copy = (HeadTrainerOptions)MemberwiseClone();
        copy.Layers = [.. Layers.Select(layer => layer.Copy())];
        copy.ClassWeights = ClassWeights is null ? null : [.. ClassWeights];
        copy.EarlyStopping = EarlyStopping?.Copy();
        copy.NeedsValidation = NeedsValidation;
        copy.Optimizer = Optimizer.Copy();
        return copy;
    }
}

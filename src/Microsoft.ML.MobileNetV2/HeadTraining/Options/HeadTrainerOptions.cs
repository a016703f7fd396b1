namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the layers of a head and how it is trained; the defaults suit small sets of images.</summary>
/// <remarks>A trainer copies the options when it is created, and never changes them.</remarks>
public sealed class HeadTrainerOptions
{
    /// <summary>Gets or sets the dense layers, from the features to the outputs.</summary>
    /// <value>At least one. The default is a single layer, sized from the labels.</value>
    public IReadOnlyList<DenseLayerOptions> Layers { get; set; } = [new()];

    /// <summary>Gets or sets what training makes small.</summary>
    /// <value>The default is <see cref="HeadLoss.CategoricalCrossEntropy"/>.</value>
    public HeadLoss Loss { get; set; }

    /// <summary>Gets or sets the exponent γ of <see cref="HeadLoss.Focal"/>.</summary>
    /// <value>At least 0; 0 gives cross-entropy. The default is 2.</value>
    public float FocalGamma { get; set; } = 2;

    /// <summary>Gets or sets the rule by which the weights change, with its learning rate.</summary>
    /// <value>The default is <see cref="AdamWOptions"/>.</value>
    public OptimizerOptions Optimizer { get; set; } = new AdamWOptions();

    /// <summary>Gets or sets how the learning rate changes while training.</summary>
    /// <value>The default is <see cref="LearningRateSchedule.Cosine(double)"/>, down to 0.</value>
    public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Cosine();

    /// <summary>Gets or sets the number of epochs, at the start, in which the learning rate rises from 0.</summary>
    /// <value>At least 0; may be a fraction. The default is 0.</value>
    public double WarmUpEpochs { get; set; }

    /// <summary>Gets or sets the number of times that every row is seen.</summary>
    /// <value>At least 0. The default is 0: as many as give about 1000 changes of the weights, but 20 to 200.</value>
    public int Epochs { get; set; }

    /// <summary>Gets or sets the number of rows between two changes of the weights.</summary>
    /// <value>At least 1. The default is 32.</value>
    public int BatchSize { get; set; } = 32;

    /// <summary>Gets or sets the fraction of a target that is spread over all classes, against too much confidence; for the cross-entropies and focal.</summary>
    /// <value>At least 0, below 1. The default is 0.</value>
    public float LabelSmoothing { get; set; }

    /// <summary>Gets or sets whether rare classes count more.</summary>
    /// <value>The default is <see cref="ClassWeighting.Uniform"/>.</value>
    public ClassWeighting ClassWeighting { get; set; }

    /// <summary>Gets or sets how much a row of each class counts.</summary>
    /// <value>One number of at least 0 for each class; only their ratios matter. The default is <see langword="null"/>: <see cref="ClassWeighting"/> decides.</value>
    public IReadOnlyList<float>? ClassWeights { get; set; }

    /// <summary>Gets or sets the longest gradient, as the norm over all weights; longer ones are shortened.</summary>
    /// <value>At least 0. The default is 0: any length.</value>
    public float GradientClipNorm { get; set; }

    /// <summary>Gets or sets α of MixUp, which trains on mixtures of two rows: λ·a + (1 − λ)·b with λ from the beta distribution (α, α).</summary>
    /// <value>At least 0; 0.2 is usual. The default is 0: no mixtures.</value>
    public float MixUpAlpha { get; set; }

    /// <summary>Gets or sets when training stops before the last epoch; it needs a validation set.</summary>
    /// <value>The default stops after 10 epochs without a smaller validation loss; <see langword="null"/> never stops.</value>
    public EarlyStoppingOptions? EarlyStopping { get; set; } = new();

    /// <summary>Gets or sets whether features are brought to mean 0 and deviation 1 while training; the weights of the trained head undo it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool StandardizeFeatures { get; set; } = true;

    /// <summary>Gets or sets what a training gives that is canceled.</summary>
    /// <value>The default is <see cref="CancellationBehavior.Throw"/>.</value>
    public CancellationBehavior Cancellation { get; set; }

    /// <summary>Gets or sets the seed of everything that is random; with the same seed and data, one machine gives the same weights.</summary>
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
        copy.Optimizer = Optimizer.Copy();
        return copy;
    }
}

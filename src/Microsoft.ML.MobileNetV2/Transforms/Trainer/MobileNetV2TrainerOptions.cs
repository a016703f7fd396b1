using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the options of <see cref="MobileNetV2Trainer"/>.</summary>
/// <remarks>They are copied when the trainer is created, and never changed.</remarks>
public sealed class MobileNetV2TrainerOptions : MobileNetV2NetworkOptions
{
    /// <summary>Gets or sets the name of the label column.</summary>
    /// <value>The default is "Label".</value>
    public string LabelColumnName { get; set; } = DefaultColumnNames.Label;

    /// <summary>Gets or sets the name of the column with the images, or with features that are already computed.</summary>
    /// <value>The default is "Image".</value>
    public string ImageColumnName { get; set; } = DefaultColumnNames.Image;

    /// <summary>Gets or sets the name of a column of Single with the weight of each row.</summary>
    /// <value>The default is null: all rows count the same.</value>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>Gets or sets the name of the output column with the scores.</summary>
    /// <value>The default is "Score".</value>
    public string ScoreColumnName { get; set; } = DefaultColumnNames.Score;

    /// <summary>Gets or sets the name of the output column with the predicted label; not for regression.</summary>
    /// <value>The default is "PredictedLabel".</value>
    public string PredictedLabelColumnName { get; set; } = DefaultColumnNames.PredictedLabel;

    /// <summary>Gets or sets the name of the output column with the probability; only for binary classification.</summary>
    /// <value>The default is "Probability".</value>
    public string ProbabilityColumnName { get; set; } = DefaultColumnNames.Probability;

    /// <summary>Gets or sets how many labels an image has; only for multiclass classification.</summary>
    /// <value>
    /// The default is <see cref="LabelMode.SingleLabel"/>. <see cref="LabelMode.MultiLabel"/> needs a label column that is a known-sized vector of
    /// Boolean, or of Single from 0 to 1, with a slot for each label; the predicted label is then a vector of Boolean.
    /// </value>
    public LabelMode LabelMode { get; set; }

    /// <summary>Gets or sets the rows that choose the best epoch and stop early, where <c>Fit</c> is called without such rows, as in a pipeline.</summary>
    /// <value>The default is null: the last epoch's weights are kept. An argument of <c>Fit</c> replaces this option.</value>
    public IDataView? ValidationSet { get; set; }

    /// <summary>Gets or sets the fraction of the training rows that are held out as the validation set, where there is no other.</summary>
    /// <value>
    /// At least 0 and below 1. The default is 0: none. Each class contributes its part, drawn with the seed of <see cref="Head"/>. Not together with
    /// <see cref="ValidationSet"/>; an argument of <c>Fit</c> replaces this option.
    /// </value>
    public double ValidationFraction { get; set; }

    /// <summary>Gets or sets the head and how it is trained: layers, loss, optimizer, schedule.</summary>
    /// <value>
    /// The default is null: one layer with the activation and loss of the task, trained with AdamW. Binary classification needs
    /// a head that ends in one unit with sigmoid, regression one with a loss for numbers.
    /// </value>
    public HeadTrainerOptions? Head { get; set; }

    /// <summary>Gets or sets how the last blocks of the backbone are trained after the head.</summary>
    /// <value>The default is null: the backbone stays as it is. Needs images, and <see cref="FeatureCache"/> has no effect.</value>
    public FineTuningOptions? FineTuning { get; set; }

    /// <summary>Gets or sets the larger model from whose scores the model learns, with labels or without.</summary>
    /// <value>The default is null: it learns from labels alone. For one label per image; needs images, which pass through the teacher's network too.</value>
    public DistillationOptions? Distillation { get; set; }

    /// <summary>Gets or sets the range of the values where the images are vectors of pixels; it has no effect on other images.</summary>
    /// <value>The default is <see cref="PixelRange.Byte"/>. A value that cannot be of the range is refused.</value>
    public PixelRange PixelRange { get; set; }

    /// <summary>Gets or sets how to handle rows whose image cannot be read, in training and in the model.</summary>
    /// <value>The default is <see cref="UnreadableImageHandling.Throw"/>. In training, the other values both leave the row out.</value>
    public UnreadableImageHandling UnreadableImages { get; set; }

    /// <summary>Gets or sets a method that is called for each image whose row was left out or given missing features.</summary>
    /// <value>The default is null.</value>
    public Action<UnreadableImage>? OnUnreadableImage { get; set; }

    /// <summary>Gets or sets a trained model to continue from: of <see cref="MobileNetV2Trainer"/>, alone or in a pipeline, fitted or loaded.</summary>
    /// <value>
    /// The default is null: the head is trained from scratch. Otherwise the network is the model's, and so are the layers of the head; <see cref="Head"/>,
    /// if set, must have the same layers. The classes are those of the training rows: classes that the model knows by their value keep their weights, new
    /// ones start as the mean of all, and classes without rows are dropped, unless the label is a key whose values have them. A pipeline in which another
    /// step changes images or features before the model is refused: hand over the trained model in it alone.
    /// </value>
    public ITransformer? InitialModel { get; set; }

    /// <summary>Gets or sets the random views of each training image that are trained on in addition to the plain image; validation images stay plain.</summary>
    /// <value>
    /// The default is null: none. Each view costs as much as an image, once; a cache stores views too. Has no effect on ready features.
    /// </value>
    public ImageAugmentationOptions? Augmentation { get; set; }

    /// <summary>Gets or sets the cache of features, so that later training runs do not compute them again.</summary>
    /// <value>
    /// The default is null: they are computed once per training run. <see cref="FeatureCache.InMemory"/> serves several training runs of one
    /// program, <see cref="FeatureCache.InFolder"/> also later programs, and a run that was interrupted. Has no effect on ready features.
    /// </value>
    public FeatureCache? FeatureCache { get; set; }

    /// <summary>Gets or sets the receiver of progress updates, where <c>Fit</c> is called without one, as in a pipeline.</summary>
    /// <value>The default is null. An argument of <c>Fit</c> replaces this option.</value>
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>Gets or sets the log: what is trained on, each epoch, why it ended, and a warning for each image that is left out.</summary>
    /// <value>The default is null: <c>MLContext.Log</c>.</value>
    public ILogger? Logger { get; set; }

    /// <summary>Gets or sets the token that cancels the training, where <c>Fit</c> is called without one, as in a pipeline.</summary>
    /// <value>The default is none. An argument of <c>Fit</c> replaces this option. <see cref="HeadTrainerOptions.KeepBestWhenCanceled"/> specifies how a canceled training ends.</value>
    public CancellationToken CancellationToken { get; set; }

    internal MobileNetV2TrainerOptions Copy()
    {
        var copy = (MobileNetV2TrainerOptions)MemberwiseClone();
        copy.Head = Head?.Copy();
        copy.FineTuning = FineTuning?.Copy();
        copy.Distillation = Distillation?.Copy();
        return copy;
    }
}

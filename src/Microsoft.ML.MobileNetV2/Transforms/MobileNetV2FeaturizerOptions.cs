namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds the settings of <see cref="MobileNetV2FeaturizerEstimator"/>; the defaults are those of the weights.</summary>
public sealed class MobileNetV2FeaturizerOptions
{
    /// <summary>Gets or sets the name of the column that is made.</summary>
    /// <value>The default is "Features".</value>
    public string OutputColumnName { get; set; } = DefaultColumnNames.Features;

    /// <summary>Gets or sets the name of the column with the pictures.</summary>
    /// <value>The default is null: the same as <see cref="OutputColumnName"/>.</value>
    public string? InputColumnName { get; set; }

    /// <summary>Gets or sets the weights of the network.</summary>
    /// <value>The default is null: <see cref="MobileNetV2Weights.Bundled"/>.</value>
    public MobileNetV2Weights? Weights { get; set; }

    /// <summary>Gets or sets what the network gives for a picture.</summary>
    /// <value>The default is <see cref="MobileNetV2Output.Features"/>.</value>
    public MobileNetV2Output Output { get; set; }

    /// <summary>Gets or sets the height and width of the network's input in pixels; smaller is faster, larger sees more.</summary>
    /// <value>At least <see cref="MobileNetV2Architecture.MinInputSize"/>. The default is null: the size that the weights were trained with.</value>
    public int? InputSize { get; set; }

    /// <summary>Gets or sets how a picture becomes a square.</summary>
    /// <value>The default is null: as the weights were evaluated, which for ImageNet weights is <see cref="ImageResizeMode.CenterCrop"/>.</value>
    public ImageResizeMode? Resize { get; set; }

    /// <summary>Gets or sets what happens with rows whose picture cannot be read.</summary>
    /// <value>The default is <see cref="UnreadableImageHandling.Throw"/>.</value>
    public UnreadableImageHandling UnreadableImages { get; set; }

    /// <summary>Gets or sets a method that is told of each picture that was skipped or given missing features.</summary>
    /// <value>The default is null. It is called on the thread that reads the rows.</value>
    public Action<UnreadableImage>? OnUnreadableImage { get; set; }

    /// <summary>Gets or sets the limits for decoding pictures.</summary>
    /// <value>The default is <see cref="ImageDecodingOptions.Default"/>.</value>
    public ImageDecodingOptions Decoding { get; set; } = ImageDecodingOptions.Default;

    /// <summary>Gets or sets the number of pictures that are worked on at once.</summary>
    /// <value>At least 1. The default is null: the number of processors.</value>
    public int? MaxDegreeOfParallelism { get; set; }
}

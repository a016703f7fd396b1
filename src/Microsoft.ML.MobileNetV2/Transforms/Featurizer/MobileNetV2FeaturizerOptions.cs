using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of <see cref="MobileNetV2FeaturizerEstimator"/>. The defaults are those of the weights.</summary>
public sealed class MobileNetV2FeaturizerOptions : MobileNetV2NetworkOptions
{
    /// <summary>Gets or sets the name of the output column.</summary>
    /// <value>The default is "Features".</value>
    public string OutputColumnName { get; set; } = DefaultColumnNames.Features;

    /// <summary>Gets or sets the name of the image column.</summary>
    /// <value>The default is null: the same as <see cref="OutputColumnName"/>.</value>
    public string? InputColumnName { get; set; }

    /// <summary>Gets or sets the output of the network.</summary>
    /// <value>The default is <see cref="MobileNetV2Output.Features"/>.</value>
    public MobileNetV2Output Output { get; set; }

    /// <summary>Gets or sets the range of the values where the images are vectors of pixels; it has no effect on other images.</summary>
    /// <value>The default is <see cref="PixelRange.Byte"/>. A value that cannot be of the range is refused.</value>
    public PixelRange PixelRange { get; set; }

    /// <summary>Gets or sets the log: a warning where the pixels of a whole pass seem to be of another range.</summary>
    /// <value>The default is null: <c>MLContext.Log</c>.</value>
    public ILogger? Logger { get; set; }

    /// <summary>Gets or sets the handling of rows whose image cannot be read.</summary>
    /// <value>The default is <see cref="UnreadableImageHandling.Throw"/>.</value>
    public UnreadableImageHandling UnreadableImages { get; set; }

    /// <summary>Gets or sets a method to call for each image that was skipped or given NaN.</summary>
    /// <value>The default is null. It is called on the thread that reads the rows.</value>
    public Action<UnreadableImage>? OnUnreadableImage { get; set; }
}

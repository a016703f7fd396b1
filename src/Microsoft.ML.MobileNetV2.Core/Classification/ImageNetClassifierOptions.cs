namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of <see cref="ImageClassifier.ForImageNet"/>.</summary>
/// <remarks>
/// The default of <see cref="MobileNetV2NetworkOptions.InputSize"/> is 224 pixels for <see cref="MobileNetV2Weights.Bundled"/>, at which its classifier is
/// most accurate; for other weights, it is the size that they were trained with.
/// </remarks>
public sealed class ImageNetClassifierOptions : MobileNetV2NetworkOptions
{
    /// <summary>Gets or sets the score below which an image is considered unknown.</summary>
    /// <value>A finite number. The default is 0: no image is unknown.</value>
    public float UnknownThreshold { get; set; }
}

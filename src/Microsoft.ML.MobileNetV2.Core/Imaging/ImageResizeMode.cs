namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how an image of any size is resized to the square input of the network.</summary>
public enum ImageResizeMode
{
    /// <summary>
    /// Scales the shorter side to <see cref="ImagePreprocessing.InputSize"/> / <see cref="ImagePreprocessing.CropFraction"/> and crops the
    /// square from the center, as in the evaluation of the ImageNet weights. Keeps the proportions and loses the edges.
    /// </summary>
    CenterCrop,

    /// <summary>Scales both sides to the input size. Keeps the whole image and loses the proportions.</summary>
    Stretch,

    /// <summary>
    /// Scales the longer side to the input size and fills the rest with <see cref="ImagePreprocessing.Background"/>. Keeps the whole image and
    /// the proportions.
    /// </summary>
    Pad,
}

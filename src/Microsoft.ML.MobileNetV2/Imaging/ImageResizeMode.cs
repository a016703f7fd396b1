namespace Microsoft.ML.MobileNetV2;

/// <summary>Says how an image of any size becomes the square input of the network.</summary>
public enum ImageResizeMode
{
    /// <summary>
    /// Scales the shorter side to <see cref="ImagePreprocessing.InputSize"/> / <see cref="ImagePreprocessing.CropFraction"/> and cuts the
    /// square out of the center, as the ImageNet weights were evaluated. Keeps proportions; loses the edges.
    /// </summary>
    CenterCrop,

    /// <summary>Scales both sides to the input size. Keeps the whole image; loses proportions.</summary>
    Stretch,

    /// <summary>Scales the longer side to the input size and fills the rest with <see cref="ImagePreprocessing.Background"/>. Keeps both.</summary>
    Pad,
}

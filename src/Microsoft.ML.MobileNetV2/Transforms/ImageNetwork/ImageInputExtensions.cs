using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Hands values of ML.NET's types to an <see cref="ImageInput"/>.</summary>
internal static class ImageInputExtensions
{
    /// <summary>Copies an encoded image.</summary>
    internal static void SetEncoded(this ImageInput input, in VBuffer<byte> encoded) => encoded.CopyTo(input.SetEncoded(encoded.Length));

    /// <summary>Takes an image that is processed before anybody can change it.</summary>
    internal static void SetImage(this ImageInput input, MLImage? image) => input.SetImage(image is null ? null : new MLImagePixels(image));

    /// <summary>Copies an image.</summary>
    internal static void CopyImage(this ImageInput input, MLImage? image) => input.CopyImage(image is null ? null : new MLImagePixels(image));

    /// <summary>Copies pixels.</summary>
    /// <exception cref="ArgumentException">A value is out of the range.</exception>
    internal static void SetPixels(this ImageInput input, in VBuffer<float> pixels, PixelFormat format) =>
        input.SetPixels(pixels.IsDense ? pixels.GetValues() : [.. pixels.DenseValues()], format);
}

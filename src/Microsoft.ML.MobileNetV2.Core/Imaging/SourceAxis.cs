namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents one axis of an image as it is stored.</summary>
/// <param name="Length">Number of pixels.</param>
/// <param name="Extent">Length of the image in these pixels: less than <paramref name="Length"/> where scaled decoding left a part of a pixel.</param>
/// <param name="IsMirrored">The upright axis runs the other way.</param>
internal readonly record struct SourceAxis(int Length, double Extent, bool IsMirrored);

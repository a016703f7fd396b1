namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Represents an image of the gallery.</summary>
/// <param name="Image">What the model made of it.</param>
/// <param name="Thumbnail">The image as a small JPEG; null where it is only named.</param>
/// <param name="Overlay">The same with the activation map of the predicted class; null where it is only named.</param>
internal sealed record ReportImage(EvaluatedImage Image, byte[]? Thumbnail, byte[]? Overlay);

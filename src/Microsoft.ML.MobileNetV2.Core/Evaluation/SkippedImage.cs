namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image that was left out of an evaluation: no figure counts it.</summary>
/// <param name="Id">The path of the image, or another name for it.</param>
/// <param name="Label">The true label; where an image has several, those that are unknown.</param>
/// <param name="Reason">Why the image was left out.</param>
/// <param name="Message">The reason in words, which name the image or the label.</param>
public sealed record SkippedImage(string Id, string Label, SkippedReason Reason, string Message);

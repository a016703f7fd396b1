namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Represents an image in a feature file.</summary>
/// <param name="Path">The path from the folder of images on, with slashes.</param>
/// <param name="Label">The name of the first sub-folder; null for an image beside the sub-folders.</param>
/// <param name="Features">The features; null where the image could not be read.</param>
/// <param name="Error">Why the image could not be read; null where it could.</param>
/// <param name="ContentHash">The SHA-256 of the file; null where it is empty or could not be opened.</param>
internal sealed record FeatureRow(string Path, string? Label, float[]? Features, string? Error, string? ContentHash = null);

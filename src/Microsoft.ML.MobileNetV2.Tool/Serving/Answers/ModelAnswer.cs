namespace Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

/// <summary>Represents what is served and what is accepted.</summary>
/// <param name="Model">The current model.</param>
/// <param name="Classes">Its classes in the order of its scores.</param>
/// <param name="MaxUploadBytes">The largest upload.</param>
/// <param name="MaxPixels">The largest number of pixels of an image.</param>
internal sealed record ModelAnswer(string Model, IReadOnlyList<string> Classes, long MaxUploadBytes, long MaxPixels);

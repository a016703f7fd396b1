namespace Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

/// <summary>Represents that the server is ready.</summary>
/// <param name="Url">Where.</param>
/// <param name="Model">The model's file.</param>
/// <param name="Classes">The number of its classes.</param>
internal sealed record StartAnswer(string Url, string Model, int Classes);

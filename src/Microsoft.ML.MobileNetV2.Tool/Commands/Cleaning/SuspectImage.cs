namespace Microsoft.ML.MobileNetV2.Tool.Commands.Cleaning;

/// <summary>Represents an image that looks like one of another class than its own.</summary>
internal sealed record SuspectImage(string Path, string Label, float LabelScore, string Suggested, float SuggestedScore);

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;

/// <summary>Represents an image that no figure counts.</summary>
internal sealed record SkippedResult(string Path, string Label, string Reason);

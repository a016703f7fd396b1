namespace Microsoft.ML.MobileNetV2.Tool.Commands.Cleaning;

/// <summary>Represents a file that cannot be used.</summary>
internal sealed record UnreadableFile(string Path, string Reason);

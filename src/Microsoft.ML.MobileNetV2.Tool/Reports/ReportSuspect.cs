namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Represents an image whose label is perhaps wrong.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">Its label.</param>
/// <param name="Suggested">The class that the other images suggest.</param>
/// <param name="Score">How sure that is.</param>
internal sealed record ReportSuspect(string Path, string Label, string Suggested, float Score);

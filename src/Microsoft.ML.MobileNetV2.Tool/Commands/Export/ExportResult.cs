namespace Microsoft.ML.MobileNetV2.Tool.Commands.Export;

/// <summary>Represents the result of <c>export</c>.</summary>
internal sealed record ExportResult(string Onnx, long Bytes, IReadOnlyList<string> Classes);

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;

/// <summary>Represents the figures of one class.</summary>
internal sealed record ClassResult(string Label, int Support, double Precision, double Recall, double F1);

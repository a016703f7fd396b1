namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Represents the addition of a block's input to its output.</summary>
/// <param name="Block">The block.</param>
/// <param name="InputStep">Index of the step whose output is the block's input.</param>
internal sealed record ShortcutStep(InvertedResidual Block, int InputStep) : NetworkStep;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the result of a fine-tuning.</summary>
/// <param name="Weights">The backbone with the weights of the best epoch.</param>
/// <param name="Head">The head of the same epoch.</param>
/// <param name="History">The course of the run.</param>
internal sealed record FineTuningResult(MobileNetV2Weights Weights, DenseHead Head, TrainingHistory History);

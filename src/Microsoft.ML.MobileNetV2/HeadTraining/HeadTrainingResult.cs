namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Represents the result of a training run.</summary>
/// <param name="Head">The model, with the weights of the best epoch.</param>
/// <param name="History">The course of the run.</param>
internal sealed record HeadTrainingResult(DenseHead Head, TrainingHistory History);

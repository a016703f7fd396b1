namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Is what a training gives.</summary>
/// <param name="Head">The model, with the weights of the best epoch.</param>
/// <param name="History">What happened.</param>
internal sealed record HeadTrainingResult(DenseHead Head, TrainingHistory History);

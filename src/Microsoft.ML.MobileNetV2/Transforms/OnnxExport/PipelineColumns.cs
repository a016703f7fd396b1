namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the names of the columns that a pipeline is written for.</summary>
/// <param name="Score">The column with the scores.</param>
/// <param name="Probability">The column with the probability of binary models, which others lack.</param>
/// <param name="PredictedLabel">The column with the predicted label, which some models lack.</param>
internal sealed record PipelineColumns(string Score, string Probability, string PredictedLabel);

using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the rows of a fine-tuning.</summary>
/// <param name="Training">The training rows with their features before it.</param>
/// <param name="TrainingInputs">What the frozen blocks gave for them.</param>
/// <param name="Validation">The validation rows; null for none.</param>
/// <param name="ValidationInputs">What the frozen blocks gave for them.</param>
internal sealed record FineTuningData(
    HeadDataset Training, NetworkInputs TrainingInputs, HeadDataset? Validation, NetworkInputs? ValidationInputs);

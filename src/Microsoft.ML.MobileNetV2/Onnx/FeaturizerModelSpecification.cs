namespace Microsoft.ML.MobileNetV2;

/// <summary>Says which network a saved featurizer has, and how its columns are called.</summary>
internal sealed record FeaturizerModelSpecification(
    MobileNetV2Weights Weights,
    int InputSize,
    MobileNetV2Output Output,
    string InputName,
    string OutputName,
    IReadOnlyList<string> SlotNames,
    IReadOnlyDictionary<string, string> Metadata);

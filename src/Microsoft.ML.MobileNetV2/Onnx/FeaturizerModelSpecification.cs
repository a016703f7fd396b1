using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Says which network a saved featurizer has, and how its columns are called.</summary>
internal sealed record FeaturizerModelSpecification(
    NetworkSpecification Network,
    string InputName,
    string OutputName,
    IReadOnlyList<string> SlotNames,
    IReadOnlyDictionary<string, string> Metadata);

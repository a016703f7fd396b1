using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Writes into the metadata of an ONNX model what its tensors do not tell about a head, and reads it again.</summary>
internal static class HeadMetadata
{
    private const string ActivationsKey = "mobilenetv2.head";
    private const string OutputNamesKey = "mobilenetv2.output_names";
    private const string ProvenanceKey = "mobilenetv2.head_origin";

    /// <summary>Returns the entries for a head.</summary>
    /// <param name="head">The head; null for a network without one.</param>
    /// <param name="outputNames">The names of the network's outputs.</param>
    internal static IEnumerable<KeyValuePair<string, string>> Write(NetworkHead? head, IReadOnlyList<string> outputNames) =>
    [
        new(ActivationsKey, string.Join(',', (head?.Layers ?? []).Select(layer => layer.Activation))),
        new(OutputNamesKey, TextList.Write(outputNames)),
        new(ProvenanceKey, head?.Provenance ?? string.Empty),
    ];

    /// <summary>Returns the head of a model; null where it has none.</summary>
    /// <exception cref="InvalidDataException">The head is damaged.</exception>
    internal static NetworkHead? TryRead(SavedOnnxModel saved)
    {
        ModelMetadata metadata = saved.Metadata;
        string names = metadata.Contains(ActivationsKey) ? metadata.Require(ActivationsKey) : string.Empty;
        HeadActivation[] activations = [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => ModelMetadata.ParseMember<HeadActivation>(ActivationsKey, name))];
        return activations.Length == 0
            ? null
            : new(ModelTensors.ReadHead(saved.Model, activations), metadata.RequireTexts(OutputNamesKey), metadata.Require(ProvenanceKey));
    }
}

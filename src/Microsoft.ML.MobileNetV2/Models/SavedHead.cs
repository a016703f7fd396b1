using System.Text.Json;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Is a head as a saved model has it: dense layers and the names of what they predict, which travel in the metadata of the ONNX model.</summary>
/// <param name="Layers">The layers; none for a network without head.</param>
/// <param name="OutputNames">The names of the outputs; empty where they have none.</param>
/// <param name="Origin">What the head was trained for: task and loss; empty where nobody said.</param>
internal sealed record SavedHead(IReadOnlyList<DenseOperator> Layers, IReadOnlyList<string> OutputNames, string Origin)
{
    private const string ActivationsKey = "mobilenetv2.head";
    private const string OutputNamesKey = "mobilenetv2.output_names";
    private const string OriginKey = "mobilenetv2.head_origin";

    /// <summary>Stands for a network without head.</summary>
    internal static SavedHead None { get; } = new([], [], string.Empty);

    internal IEnumerable<KeyValuePair<string, string>> Describe() =>
    [
        new(ActivationsKey, string.Join(',', Layers.Select(layer => layer.Activation))),
        new(OutputNamesKey, JsonSerializer.Serialize(OutputNames)),
        new(OriginKey, Origin),
    ];

    /// <summary>Returns the head of a model; null where it is none of this library.</summary>
    internal static SavedHead? TryRead(ModelProto model)
    {
        Dictionary<string, string> metadata = model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        return metadata.TryGetValue(ActivationsKey, out string? activations) && metadata.TryGetValue(OutputNamesKey, out string? names)
            ? new(ReadLayers(model, activations), JsonSerializer.Deserialize<string[]>(names) ?? [], metadata.GetValueOrDefault(OriginKey, string.Empty))
            : null;
    }

    private static DenseOperator[] ReadLayers(ModelProto model, string activations) => NetworkTensors.ReadHead(
        model, [.. activations.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<HeadActivation>)]);
}

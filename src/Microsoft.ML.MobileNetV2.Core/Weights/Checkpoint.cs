namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the content of a file of weights in any format: tensors by name, and metadata.</summary>
/// <param name="Source">Name of the file, for messages.</param>
/// <param name="Tensors">Tensors by name.</param>
/// <param name="Metadata">Text by name; empty where the format has none.</param>
internal sealed record Checkpoint(
    string Source,
    IReadOnlyDictionary<string, WeightTensor> Tensors,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Gets the names that the tensors have in the file, by their names here; empty where they are the same.</summary>
    internal IReadOnlyDictionary<string, string> FileNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the names of the file's tensors that were left out, because they belong to a head that is not one dense layer.</summary>
    internal IReadOnlyList<string> IgnoredTensors { get; init; } = [];

    /// <summary>Gets the number of classes of the classifier; 0 where there is none.</summary>
    internal int ClassCount => Tensors.TryGetValue($"{MobileNetV2Architecture.ClassifierName}.weight", out WeightTensor? weight) && weight.Shape.Count > 0
        ? weight.Shape[0]
        : 0;

    /// <summary>Returns the name of a tensor for messages: in quotes, with the file's own name where it is another.</summary>
    internal string Quote(string name) => FileNames.TryGetValue(name, out string? fileName) ? $"'{fileName}' ('{name}')" : $"'{name}'";

    internal WeightTensor Require(string name) => Tensors.TryGetValue(name, out WeightTensor? tensor)
        ? tensor
        : throw new WeightsFormatException(WeightsFormatError.MissingTensor, Source, $"tensor {Quote(name)} is missing.");

    internal WeightTensor Require(string name, IReadOnlyList<int> shape)
    {
        WeightTensor tensor = Require(name);
        return tensor.HasShape(shape)
            ? tensor
            : throw new WeightsFormatException(
                WeightsFormatError.ShapeMismatch,
                Source,
                $"tensor {Quote(name)} has shape {WeightTensor.Describe(tensor.Shape)}; expected {WeightTensor.Describe(shape)}. " +
                "The file was made for another width multiplier, or for another network.");
    }
}

using System.Runtime.InteropServices;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;
using DataType = Microsoft.ML.MobileNetV2.OnnxFormat.TensorProto.Types.DataType;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Reads the tensors of a model that <see cref="NetworkLayers"/> and <see cref="DenseLayers"/> wrote, which carry the names of their layers.</summary>
internal static class ModelTensors
{
    /// <summary>Weights and targets of a training are far smaller; with larger numbers the sums of a layer are soon infinite.</summary>
    private const float LargestHeadWeight = 1e30f;

    private static readonly string[] Prefixes = ["features.", "classifier."];

    /// <exception cref="InvalidDataException">A tensor is damaged.</exception>
    internal static Dictionary<string, WeightTensor> ReadBackbone(ModelProto model)
    {
        Dictionary<string, WeightTensor> tensors = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            if (Array.Exists(Prefixes, prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)) && !tensors.TryAdd(tensor.Name, Convert(tensor)))
            {
                throw new InvalidDataException($"it has two tensors '{tensor.Name}'.");
            }
        }

        return tensors;
    }

    /// <exception cref="InvalidDataException">A layer is missing or damaged.</exception>
    internal static DenseLayer[] ReadHead(ModelProto model, IReadOnlyList<HeadActivation> activations)
    {
        Dictionary<string, TensorProto> tensors = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            tensors[tensor.Name] = tensor;
        }

        DenseLayer[] layers = [.. activations.Select((activation, index) => ReadLayer(tensors, DenseLayers.NameOf(index), activation))];
        for (int index = 1; index < layers.Length; index++)
        {
            if (layers[index].InputCount != layers[index - 1].UnitCount)
            {
                throw new InvalidDataException(
                    $"layer {index} of its head takes {layers[index].InputCount} inputs, but the one before it has {layers[index - 1].UnitCount} outputs.");
            }
        }

        return layers;
    }

    private static DenseLayer ReadLayer(Dictionary<string, TensorProto> tensors, string name, HeadActivation activation)
    {
        WeightTensor weight = Require(tensors, $"{name}.weight");
        WeightTensor bias = Require(tensors, $"{name}.bias");
        return weight.Shape is [int units and > 0, int inputs and > 0] && bias.HasShape([units])
            ? new(inputs, units, activation, weight.Values, bias.Values)
            : throw new InvalidDataException(
                $"tensor '{name}.weight' has shape {WeightTensor.Describe(weight.Shape)} and '{name}.bias' {WeightTensor.Describe(bias.Shape)}; expected (units, inputs) and (units).");
    }

    private static WeightTensor Require(Dictionary<string, TensorProto> tensors, string name)
    {
        WeightTensor tensor = Convert(tensors.TryGetValue(name, out TensorProto? found) ? found : throw new InvalidDataException($"tensor '{name}' is missing."));
        return WeightTensor.IndexOfLarger(tensor.Values, LargestHeadWeight) is var index and >= 0
            ? throw new InvalidDataException(FormattableString.Invariant(
                $"tensor '{name}' holds {tensor.Values[index]} at index {index}; a weight is finite and at most {LargestHeadWeight:G1} in magnitude."))
            : tensor;
    }

    private static WeightTensor Convert(TensorProto tensor)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);
        long count = 1;
        foreach (long dimension in tensor.Dims)
        {
            count = dimension is >= 0 and <= int.MaxValue && count <= int.MaxValue ? count * dimension : -1;
        }

        return tensor.DataType == (int)DataType.Float && count == values.Length && tensor.RawData.Length == count * sizeof(float)
            ? new([.. tensor.Dims.Select(dimension => (int)dimension)], values.ToArray())
            : throw new InvalidDataException(
                $"tensor '{tensor.Name}' of type {tensor.DataType} and shape {WeightTensor.Describe(tensor.Dims)} has {tensor.RawData.Length} bytes; expected as many numbers of float32 as the shape says.");
    }
}

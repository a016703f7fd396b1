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
    private static readonly string[] Prefixes = ["features.", "classifier."];

    internal static Dictionary<string, WeightTensor> ReadBackbone(ModelProto model) => model.Graph.Initializer
        .Where(tensor => tensor.DataType == (int)DataType.Float && Array.Exists(Prefixes, prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
        .ToDictionary(tensor => tensor.Name, Convert, StringComparer.Ordinal);

    internal static DenseLayer[] ReadHead(ModelProto model, IReadOnlyList<HeadActivation> activations)
    {
        Dictionary<string, TensorProto> tensors = model.Graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        return [.. activations.Select((activation, index) => ReadLayer(tensors, DenseLayers.NameOf(index), activation))];
    }

    private static DenseLayer ReadLayer(Dictionary<string, TensorProto> tensors, string name, HeadActivation activation)
    {
        float[] weights = Convert(tensors[$"{name}.weight"]).Values;
        float[] bias = Convert(tensors[$"{name}.bias"]).Values;
        return new(weights.Length / Math.Max(1, bias.Length), bias.Length, activation, weights, bias);
    }

    private static WeightTensor Convert(TensorProto tensor) => new(
        [.. tensor.Dims.Select(dimension => checked((int)dimension))],
        MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray());
}

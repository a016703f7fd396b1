using System.Runtime.InteropServices;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;
using DataType = Microsoft.ML.MobileNetV2.OnnxFormat.TensorProto.Types.DataType;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Takes the weights out of a model that <see cref="NetworkLayers"/> wrote: they carry their tensors' names.</summary>
internal static class NetworkTensors
{
    private static readonly string[] Prefixes = ["features.", "classifier."];

    internal static Dictionary<string, WeightTensor> Read(ModelProto model) => model.Graph.Initializer
        .Where(tensor => tensor.DataType == (int)DataType.Float && Array.Exists(Prefixes, prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
        .ToDictionary(tensor => tensor.Name, Convert, StringComparer.Ordinal);

    /// <summary>Takes the dense layers behind the features out of a model.</summary>
    internal static DenseOperator[] ReadHead(ModelProto model, IReadOnlyList<HeadActivation> activations)
    {
        Dictionary<string, TensorProto> tensors = model.Graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        return [.. activations.Select((activation, index) => new DenseOperator(
            Convert(tensors[$"{DenseLayers.NameOf(index)}.weight"]).Values, Convert(tensors[$"{DenseLayers.NameOf(index)}.bias"]).Values, activation))];
    }

    private static WeightTensor Convert(TensorProto tensor) => new(
        [.. tensor.Dims.Select(dimension => checked((int)dimension))],
        MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray());
}

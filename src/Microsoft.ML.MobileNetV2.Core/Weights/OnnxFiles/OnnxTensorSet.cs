using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Collects the tensors of a network that an ONNX graph holds, under torchvision's names.</summary>
internal sealed class OnnxTensorSet
{
    private readonly Dictionary<string, WeightTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _fileNames = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, WeightTensor> Tensors => _tensors;

    /// <summary>Gets the names that the tensors have in the file, by their names here.</summary>
    internal IReadOnlyDictionary<string, string> FileNames => _fileNames;

    internal void Add(OnnxConv conv, ConvLayer layer, OnnxMap map, OnnxImage image, OnnxGraph graph)
    {
        WeightTensor weight = map.Step == 0 ? OnnxNormalization.ToRgb(conv.Weight, image) : conv.Weight;
        string name = graph.Constant(conv.Node.Input[1])!.Name;
        if (map.BatchNorm is { } batchNorm)
        {
            Add($"{layer.Name}.weight", weight, name);
            AddBatchNorm(batchNorm, layer, graph);
            return;
        }

        float[] bias = conv.Bias?.Values ?? new float[weight.Shape[0]];
        Add($"{layer.Name}.weight", map.Affine is { } scaled ? Scale(weight, scaled.Scale) : weight, name);
        Add(
            $"{layer.Name}.bias",
            new([bias.Length], map.Affine is { } affine ? [.. bias.Select((value, channel) => (float)(value * affine.Scale[channel] + affine.Shift[channel]))] : bias),
            graph.Constant(conv.Node.InputOrNone(2))?.Name);
    }

    internal void Add(string name, WeightTensor tensor, string? fileName = null)
    {
        _tensors[name] = tensor;
        if (fileName is { Length: > 0 })
        {
            _fileNames[name] = fileName;
        }
    }

    private void AddBatchNorm(NodeProto node, ConvLayer layer, OnnxGraph graph)
    {
        string[] parts = ["weight", "bias", "running_mean", "running_var"];
        for (int i = 0; i < parts.Length; i++)
        {
            TensorProto tensor = graph.RequireConstant(node, i + 1, parts[i]);
            Add($"{layer.BatchNormName}.{parts[i]}", graph.Numbers(tensor), tensor.Name);
        }
    }

    private static WeightTensor Scale(WeightTensor weight, double[] scale)
    {
        int kernel = weight.Values.Length / scale.Length;
        return new(weight.Shape, [.. weight.Values.Select((value, index) => (float)(value * scale[index / kernel]))]);
    }
}

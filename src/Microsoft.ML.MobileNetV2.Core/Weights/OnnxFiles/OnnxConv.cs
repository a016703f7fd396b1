using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents a convolution of an ONNX graph, checked against the layer of the network that it is.</summary>
internal sealed record OnnxConv(NodeProto Node, WeightTensor Weight, WeightTensor? Bias)
{
    internal static OnnxConv Read(OnnxGraph graph, NodeProto node, ConvLayer layer)
    {
        TensorProto stored = graph.RequireConstant(node, 1, "weight");
        WeightTensor weight = graph.Numbers(stored);
        CheckKernel(graph, node, layer, weight);
        WeightTensor? bias = node.InputOrNone(2).Length > 0 ? graph.Numbers(graph.RequireConstant(node, 2, "bias")) : null;
        return bias is null || bias.Values.Length == weight.Shape[0]
            ? new(node, weight, bias)
            : throw graph.Refuse(node, $"has a bias of shape {WeightTensor.Describe(bias.Shape)} for {weight.Shape[0]} channels.");
    }

    private static void CheckKernel(OnnxGraph graph, NodeProto node, ConvLayer layer, WeightTensor weight)
    {
        long group = layer.IsDepthwise ? weight.Shape is [int channels, ..] ? channels : 0 : 1;
        if (node.Integer("group", 1) != group
            || node.Integers("strides", 1, 1).Any(stride => stride != layer.Stride)
            || node.Integers("dilations", 1, 1).Any(dilation => dilation != 1))
        {
            throw graph.Refuse(node, "has another stride, dilation or group than a MobileNetV2 has there.");
        }

        if (weight.Shape is not [_, _, int height, int width] || height != layer.KernelSize || width != layer.KernelSize)
        {
            throw graph.Refuse(
                node, $"has a weight of shape {WeightTensor.Describe(weight.Shape)}; a MobileNetV2 has a kernel of {layer.KernelSize} × {layer.KernelSize} pixels there.");
        }
    }
}

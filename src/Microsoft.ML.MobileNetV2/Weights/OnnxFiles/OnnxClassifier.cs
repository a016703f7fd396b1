using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the dense layer of an ONNX graph: weight (classes, features) and bias (classes).</summary>
internal sealed record OnnxClassifier(WeightTensor Weight, WeightTensor Bias)
{
    internal static OnnxClassifier Read(OnnxGraph graph, NodeProto node, string source)
    {
        bool isGemm = node.OpType == "Gemm";
        if (isGemm && (node.Single("alpha", 1) != 1 || node.Single("beta", 1) != 1 || node.Integer("transA", 0) != 0))
        {
            throw new WeightsFormatException(
                WeightsFormatError.UnsupportedNetwork, source, $"{OnnxGraph.Describe(node)} scales or transposes its inputs, as no classifier does.");
        }

        WeightTensor weight = ReadWeight(graph.RequireConstant(node, 1, "weight"), isGemm && node.Integer("transB", 0) != 0, source);
        TensorProto? bias = isGemm ? graph.Constant(node.Input.ElementAtOrDefault(2) ?? string.Empty) : AddedConstant(graph, node);
        return new(weight, bias is null ? new([weight.Shape[0]], new float[weight.Shape[0]]) : Flat(OnnxTensors.ToWeights(bias, source)));
    }

    private static WeightTensor ReadWeight(TensorProto stored, bool isTransposed, string source)
    {
        WeightTensor tensor = OnnxTensors.ToWeights(stored, source);
        if (tensor.Shape.Count != 2)
        {
            throw new WeightsFormatException(
                WeightsFormatError.ShapeMismatch, source, $"tensor '{stored.Name}' has shape {WeightTensor.Describe(tensor.Shape)}; expected two dimensions.");
        }

        return isTransposed ? tensor : TensorTransposition.ToTorch(tensor, TensorLayout.TensorFlowDense)!;
    }

    private static TensorProto? AddedConstant(OnnxGraph graph, NodeProto product) => graph
        .Consumers(product.Output.FirstOrDefault(string.Empty))
        .Where(node => node.OpType == "Add")
        .SelectMany(node => node.Input)
        .Select(graph.Constant)
        .FirstOrDefault(constant => constant is not null);

    /// <summary>Takes a bias that is written as one row as the row.</summary>
    private static WeightTensor Flat(WeightTensor bias) => bias.Shape is [1, _] ? new([bias.Values.Length], bias.Values) : bias;
}

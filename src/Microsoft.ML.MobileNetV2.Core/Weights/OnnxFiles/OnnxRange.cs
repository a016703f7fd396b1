using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the activations that limit values to a range. Exporters write ReLU6 in many ways: as a clip, or as two nodes.</summary>
internal static class OnnxRange
{
    /// <summary>Returns the range of an activation; null where the node is none, or its limits are not constant.</summary>
    internal static (double Low, double High)? Read(NodeProto node, OnnxGraph graph)
    {
        (double? Low, double? High) range = node.OpType switch
        {
            "Relu" => (0, double.PositiveInfinity),
            "Clip" => (Limit(node, "min", 1, double.NegativeInfinity, graph), Limit(node, "max", 2, double.PositiveInfinity, graph)),
            "Min" => (double.NegativeInfinity, ConstantInput(node, graph)),
            "Max" => (ConstantInput(node, graph), double.PositiveInfinity),
            _ => default,
        };
        return range is ({ } low, { } high) && low <= high ? (low, high) : null;
    }

    private static double? Limit(NodeProto node, string attribute, int input, double none, OnnxGraph graph) => node.InputOrNone(input).Length > 0
        ? graph.Numbers(node, input) is { Values: [float limit] } ? limit : null
        : node.Find(attribute)?.F ?? none;

    private static double? ConstantInput(NodeProto node, OnnxGraph graph) =>
        node.Input.Count == 2 && (graph.Numbers(node, 0) ?? graph.Numbers(node, 1)) is { Values: [float limit] } ? limit : null;
}

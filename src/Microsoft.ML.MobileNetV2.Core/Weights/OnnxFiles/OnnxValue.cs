using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents what is known of a value of an ONNX graph while the graph is followed from its input to its outputs.</summary>
internal abstract record OnnxValue
{
    /// <summary>Gets the sizes of the value's dimensions; null where one is unknown or that of the batch.</summary>
    internal abstract IReadOnlyList<long?> Dimensions { get; }

    /// <summary>Returns what a node makes of this value, which is the only one of its inputs that is not constant.</summary>
    /// <exception cref="WeightsFormatException">A MobileNetV2 has no such node there.</exception>
    internal abstract OnnxValue Apply(NodeProto node, int input, OnnxBackbone backbone);

    /// <summary>Returns the error for a node that a MobileNetV2 does not have behind this value.</summary>
    protected static WeightsFormatException Refuse(NodeProto node, OnnxBackbone backbone, string place) => backbone.Graph.Refuse(
        node, $"is not known {place}. A MobileNetV2 has no such operation there, so what the file computes would be lost; export the plain network.");

    /// <summary>Returns whether a node gives its input unchanged when the network is used.</summary>
    protected static bool IsNeutral(NodeProto node) => node.OpType is "Identity" or "Dropout" || (node.OpType == "Cast" && IsFloatingPoint(node.Integer("to", 0)));

    private static bool IsFloatingPoint(long type) => (TensorProto.Types.DataType)type
        is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16 or TensorProto.Types.DataType.Double;
}

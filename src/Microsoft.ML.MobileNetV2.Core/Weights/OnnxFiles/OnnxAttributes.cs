using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads attributes of ONNX nodes, with the defaults of the operators' specification.</summary>
internal static class OnnxAttributes
{
    internal static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    internal static long Integer(this NodeProto node, string name, long defaultValue) => node.Find(name)?.I ?? defaultValue;

    internal static float Single(this NodeProto node, string name, float defaultValue) => node.Find(name)?.F ?? defaultValue;

    internal static string Text(this NodeProto node, string name, string defaultValue) => node.Find(name)?.S.ToStringUtf8() ?? defaultValue;

    internal static IReadOnlyList<long> Integers(this NodeProto node, string name, params long[] defaultValue) =>
        node.Find(name)?.Ints is { Count: > 0 } values ? values : defaultValue;

    /// <summary>Returns the name of an input; empty where the node leaves it out.</summary>
    internal static string InputOrNone(this NodeProto node, int index) => index < node.Input.Count ? node.Input[index] : string.Empty;

    /// <summary>Returns the constant that a node of the operator Constant holds; null where it is text or sparse.</summary>
    internal static TensorProto? ConstantValue(this NodeProto node) => node.Attribute.FirstOrDefault() switch
    {
        { Name: "value", T: { } tensor } => tensor,
        { Name: "value_float" } attribute => Tensor(TensorProto.Types.DataType.Float, isVector: false, tensor => tensor.FloatData.Add(attribute.F)),
        { Name: "value_floats" } attribute => Tensor(TensorProto.Types.DataType.Float, isVector: true, tensor => tensor.FloatData.Add(attribute.Floats)),
        { Name: "value_int" } attribute => Tensor(TensorProto.Types.DataType.Int64, isVector: false, tensor => tensor.Int64Data.Add(attribute.I)),
        { Name: "value_ints" } attribute => Tensor(TensorProto.Types.DataType.Int64, isVector: true, tensor => tensor.Int64Data.Add(attribute.Ints)),
        _ => null,
    };

    private static TensorProto Tensor(TensorProto.Types.DataType type, bool isVector, Action<TensorProto> fill)
    {
        TensorProto tensor = new() { DataType = (int)type };
        fill(tensor);
        if (isVector)
        {
            tensor.Dims.Add(tensor.FloatData.Count + tensor.Int64Data.Count);
        }

        return tensor;
    }
}

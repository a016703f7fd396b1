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
}

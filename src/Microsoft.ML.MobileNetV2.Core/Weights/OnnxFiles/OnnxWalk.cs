using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Follows an ONNX graph from its input to its outputs and accounts for each node: one that is not understood is refused.</summary>
internal sealed class OnnxWalk(OnnxGraph graph, OnnxBackbone backbone)
{
    private readonly Dictionary<string, OnnxValue> _values = new(StringComparer.Ordinal);

    /// <summary>Gets the nodes behind the pooled features.</summary>
    internal List<NodeProto> HeadNodes { get; } = [];

    /// <summary>Returns the values of the graph's outputs; constant ones are left out.</summary>
    internal IReadOnlyList<OnnxValue> Run()
    {
        _values[graph.Input.Name] = OnnxImage.Of(graph.Input);
        foreach (NodeProto node in graph.Nodes)
        {
            if (Follow(node) is { } value)
            {
                foreach (string output in node.Output)
                {
                    _values[output] = value;
                }
            }
        }

        return [.. graph.Outputs.Select(_values.GetValueOrDefault).OfType<OnnxValue>()];
    }

    /// <summary>Returns what a node computes; null where that does not depend on the image.</summary>
    private OnnxValue? Follow(NodeProto node)
    {
        (OnnxValue Value, int Input)[] inputs = [.. node.Input
            .Select((name, index) => (Value: _values.GetValueOrDefault(name), index))
            .Where(input => input.Value is not null)
            .Select(input => (input.Value!, input.index))];
        if (inputs.Length == 0)
        {
            return null;
        }

        if (node.Domain is not ("" or "ai.onnx"))
        {
            throw graph.Refuse(node, $"is an operator of '{node.Domain}'. Export the network with ONNX's own operators, before any optimization.");
        }

        return FollowSizes(node, inputs) ?? FollowImage(node, [.. inputs.Where(input => input.Value is not OnnxSizes)]);
    }

    private OnnxSizes? FollowSizes(NodeProto node, (OnnxValue Value, int Input)[] inputs) =>
        node.OpType == "Shape" && node.Attribute.Count == 0
            ? new OnnxSizes(inputs[0].Value.Dimensions)
            : Array.TrueForAll(inputs, input => input.Value is OnnxSizes) ? OnnxSizes.Read(node, [.. node.Input.Select(Sizes)]) : null;

    private OnnxSizes? Sizes(string name) => _values.TryGetValue(name, out OnnxValue? value)
        ? value as OnnxSizes
        : graph.Constant(name) is { } constant ? OnnxSizes.Of(constant) : null;

    private OnnxValue FollowImage(NodeProto node, (OnnxValue Value, int Input)[] inputs)
    {
        if (inputs is not [{ } first, ..])
        {
            throw graph.Refuse(node, "computes something of the shape of a value that is not known. Export the plain network for one input size.");
        }

        if (Array.Exists(inputs, input => input.Value is OnnxHead))
        {
            HeadNodes.Add(node);
        }

        return inputs switch
        {
            [{ Value: OnnxHead head }] when node.OpType == "Reshape" && Sizes(node.InputOrNone(1)) is { } shape => head.Reshape(node, shape) ?? head.LeaveOut(node),
            [_] => first.Value.Apply(node, first.Input, backbone),
            [{ Value: OnnxMap map }, { Value: OnnxMap other }] when node.OpType == "Add" => backbone.Add(node, map, other),
            _ => Array.Find(inputs, input => input.Value is OnnxHead).Value is OnnxHead behind
                ? behind.LeaveOut(node)
                : throw graph.Refuse(node, "joins two values; a MobileNetV2 only adds the input and the output of a block."),
        };
    }
}

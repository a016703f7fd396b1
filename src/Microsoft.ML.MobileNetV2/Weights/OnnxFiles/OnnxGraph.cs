using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Provides queries on an ONNX graph: which node produces a value, which nodes use it, and which values are constants.</summary>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);
    private readonly ILookup<string, NodeProto> _consumers;
    private readonly string _source;

    internal OnnxGraph(GraphProto graph, string source)
    {
        _source = source;
        Nodes = graph.Node;
        Inputs = graph.Input;
        foreach (TensorProto tensor in graph.Initializer)
        {
            _constants[tensor.Name] = tensor;
        }

        foreach (NodeProto node in graph.Node)
        {
            AddOutputs(node);
        }

        _consumers = graph.Node.SelectMany(node => node.Input.Distinct().Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
    }

    internal IReadOnlyList<NodeProto> Nodes { get; }

    internal IReadOnlyList<ValueInfoProto> Inputs { get; }

    internal NodeProto? Producer(string value) => _producers.GetValueOrDefault(value);

    internal IEnumerable<NodeProto> Consumers(string value) => _consumers[value];

    /// <summary>Returns the constant that a value is; null where it is computed.</summary>
    internal TensorProto? Constant(string value)
    {
        // Exporters write a tensor that is used twice once, and give it its other name by a node that does nothing.
        for (int step = 0; step <= Nodes.Count; step++)
        {
            if (_constants.TryGetValue(value, out TensorProto? tensor))
            {
                return tensor;
            }

            if (Producer(value) is not { OpType: "Identity", Input: [string original] })
            {
                return null;
            }

            value = original;
        }

        return null;
    }

    /// <summary>Returns the constant at an input of a node.</summary>
    internal TensorProto RequireConstant(NodeProto node, int input, string what) =>
        (node.Input.Count > input ? Constant(node.Input[input]) : null)
        ?? throw new WeightsFormatException(
            WeightsFormatError.MissingTensor, _source, $"the {what} of {Describe(node)} is not stored in the file.");

    internal static string Describe(NodeProto node) =>
        $"node '{(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(string.Empty))}' ({node.OpType})";

    /// <summary>Returns the nodes of <paramref name="operation"/> nearest before a value: those reached without passing another one.</summary>
    internal IEnumerable<NodeProto> NearestBefore(string value, string operation)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> open = new([value]);
        while (open.TryPop(out string? current))
        {
            if (!seen.Add(current) || Producer(current) is not { } node)
            {
                continue;
            }

            if (node.OpType == operation)
            {
                yield return node;
                continue;
            }

            foreach (string input in node.Input)
            {
                open.Push(input);
            }
        }
    }

    private void AddOutputs(NodeProto node)
    {
        foreach (string output in node.Output)
        {
            _producers[output] = node;
        }

        if (node is { OpType: "Constant", Output: [string name] } && node.Find("value")?.T is { } tensor)
        {
            _constants[name] = tensor;
        }
    }
}

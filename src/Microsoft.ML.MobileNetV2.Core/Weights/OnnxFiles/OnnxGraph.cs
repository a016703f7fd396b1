using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Provides queries on an ONNX graph: its input, its constants, and the nodes that its outputs need, in order.</summary>
internal sealed class OnnxGraph
{
    private const int MaxIdentities = 100;
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<TensorProto, WeightTensor> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly string _source;

    internal OnnxGraph(GraphProto graph, long operatorSet, string source)
    {
        _source = source;
        OperatorSet = operatorSet;
        foreach (TensorProto tensor in graph.Initializer)
        {
            _constants[tensor.Name] = tensor;
        }

        foreach (NodeProto node in graph.Node)
        {
            AddOutputs(node);
        }

        // Exporters of the first versions of ONNX list the constants among the inputs too.
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !_constants.ContainsKey(input.Name))];
        Input = inputs is [{ } single]
            ? single
            : throw Unsupported($"the graph has {inputs.Length} inputs; a MobileNetV2 has one, the image.");
        Outputs = [.. graph.Output.Select(output => output.Name)];
        Nodes = new OnnxOrder(graph.Node, Producer, this).Sort(Outputs);
        CheckComplete();
    }

    internal long OperatorSet { get; }

    internal ValueInfoProto Input { get; }

    internal IReadOnlyList<string> Outputs { get; }

    /// <summary>Gets the nodes that the outputs depend on, each after those that it depends on.</summary>
    internal IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>Returns the constant that a value is; null where it is computed.</summary>
    internal TensorProto? Constant(string value)
    {
        // Exporters write a tensor that is used twice once, and give it its other name by a node that does nothing.
        for (int step = 0; step < MaxIdentities; step++)
        {
            if (_constants.TryGetValue(value, out TensorProto? tensor))
            {
                return tensor;
            }

            if (Producer(value) is not { OpType: "Identity" or "Cast", Input: [string original] })
            {
                return null;
            }

            value = original;
        }

        return null;
    }

    /// <summary>Returns the numbers of a constant; those of one that is used many times take memory once.</summary>
    internal WeightTensor Numbers(TensorProto tensor)
    {
        if (!_numbers.TryGetValue(tensor, out WeightTensor? numbers))
        {
            numbers = OnnxTensors.ToWeights(tensor, _source);
            _numbers.Add(tensor, numbers);
        }

        return numbers;
    }

    /// <summary>Returns the numbers of the constant at an input of a node; null where it is computed or left out.</summary>
    internal WeightTensor? Numbers(NodeProto node, int input) =>
        Constant(node.InputOrNone(input)) is { } tensor && !OnnxTensors.HoldsIntegers(tensor) ? Numbers(tensor) : null;

    /// <summary>Returns the constant at an input of a node.</summary>
    internal TensorProto RequireConstant(NodeProto node, int input, string what)
    {
        string name = node.InputOrNone(input);
        string producer = Producer(name) is { } computing ? $": {Describe(computing)} computes it" : string.Empty;
        return Constant(name) ?? throw new WeightsFormatException(
            WeightsFormatError.MissingTensor, _source, $"the {what} of {Describe(node)} is not stored in the file{producer}.");
    }

    internal static string Describe(NodeProto node) =>
        $"node '{(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(string.Empty))}' ({node.OpType})";

    /// <summary>Returns the error for a node that a MobileNetV2 does not have at its place.</summary>
    internal WeightsFormatException Refuse(NodeProto node, string problem) => Unsupported($"{Describe(node)} {problem}");

    internal WeightsFormatException Unsupported(string message) => new(WeightsFormatError.UnsupportedNetwork, _source, message);

    private NodeProto? Producer(string value) => _producers.GetValueOrDefault(value);

    private void CheckComplete()
    {
        foreach (NodeProto node in Nodes)
        {
            if (node.Input.FirstOrDefault(name => name.Length > 0 && name != Input.Name && Producer(name) is null && !_constants.ContainsKey(name)) is { } missing)
            {
                throw new WeightsFormatException(WeightsFormatError.MissingTensor, _source, $"the input '{missing}' of {Describe(node)} is not in the file.");
            }
        }
    }

    private void AddOutputs(NodeProto node)
    {
        foreach (string output in node.Output.Where(output => output.Length > 0))
        {
            _producers[output] = node;
        }

        if (node is { OpType: "Constant", Output: [string name] } && node.ConstantValue() is { } tensor)
        {
            _constants[name] = tensor;
        }
    }
}

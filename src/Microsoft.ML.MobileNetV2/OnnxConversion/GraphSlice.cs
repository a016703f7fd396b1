using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.OnnxConversion;

/// <summary>Represents the nodes of a graph that some of its outputs depend on, in an order in which they can run.</summary>
internal sealed class GraphSlice
{
    private readonly GraphProto _graph;

    private GraphSlice(GraphProto graph, IReadOnlyList<NodeProto> nodes, IReadOnlyDictionary<string, string> outputs)
    {
        _graph = graph;
        Nodes = nodes;
        Outputs = outputs;
        HashSet<string> used = [.. nodes.SelectMany(node => node.Input)];
        Inputs = [.. graph.Input.Where(input => used.Contains(input.Name))];
        Initializers = [.. graph.Initializer.Where(tensor => used.Contains(tensor.Name))];
    }

    /// <summary>Gets the columns that the slice takes.</summary>
    internal IReadOnlyList<ValueInfoProto> Inputs { get; }

    internal IReadOnlyList<TensorProto> Initializers { get; }

    internal IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>Gets the tensors that hold the columns that the slice computes, by the columns' names.</summary>
    internal IReadOnlyDictionary<string, string> Outputs { get; }

    /// <param name="name">How messages call the step that the graph is.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The wanted outputs of the graph, by the names of their columns.</param>
    /// <exception cref="NotSupportedException">The graph lacks an output, or cannot run.</exception>
    internal static GraphSlice Create(string name, GraphProto graph, IReadOnlyDictionary<string, string> outputs)
    {
        HashSet<string> needed = [.. outputs.Values];
        List<NodeProto> nodes = [];
        foreach (NodeProto node in graph.Node.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            nodes.Insert(0, node);
            needed.UnionWith(node.Input);
        }

        // Steps that ML.NET does not know at all are left out without an error: what they compute then is an input.
        HashSet<string> inputs = [.. graph.Input.Select(input => input.Name)];
        if (nodes.Any(node => outputs.Any(output => node.Output[0] == output.Value && node.Input.SequenceEqual([output.Key])) && inputs.Contains(node.Input[0])))
        {
            throw new NotSupportedException($"{name} cannot be written as ONNX: ML.NET has no conversion of it.");
        }

        GraphSlice slice = new(graph, nodes, outputs);
        slice.RequireThatItRuns(name);
        return slice;
    }

    /// <summary>Returns the data type of a column that the slice computes.</summary>
    internal int OutputType(string column) => _graph.Output.First(output => output.Name == Outputs[column]).Type.TensorType.ElemType;

    private void RequireThatItRuns(string name)
    {
        // ML.NET's converter writes, for example, a projection that reads its own result where input and output column have one name.
        HashSet<string> known = [.. Inputs.Select(input => input.Name), .. Initializers.Select(tensor => tensor.Name), string.Empty];
        foreach (NodeProto node in Nodes)
        {
            if (node.Input.FirstOrDefault(input => !known.Contains(input)) is { } missing)
            {
                throw new NotSupportedException(
                    $"{name} cannot be written as ONNX: ML.NET's conversion of it reads '{missing}', which is not computed before. " +
                    "Give its output column another name than its input column.");
            }

            if (!OperatorSets.IsStandard(node))
            {
                throw new NotSupportedException(
                    $"{name} cannot be written as ONNX: ML.NET converts it to '{node.OpType}' of '{node.Domain}', which is not part of the standard.");
            }

            known.UnionWith(node.Output);
        }

        if (Outputs.FirstOrDefault(output => !known.Contains(output.Value)) is { Key: { } column })
        {
            throw new NotSupportedException($"{name} cannot be written as ONNX: ML.NET's conversion of it lacks the column '{column}'.");
        }
    }
}

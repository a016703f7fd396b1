using System.Globalization;
using Google.Protobuf.Collections;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.OnnxConversion;

/// <summary>Appends slices of other graphs to a graph, each connected by the names of columns.</summary>
/// <param name="graph">The graph that is built.</param>
internal sealed class GraphJoin(OnnxGraphBuilder graph)
{
    private readonly Dictionary<string, string> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);
    private int _sliceCount;

    /// <summary>Gets or sets the tensor that holds a column.</summary>
    internal string this[string column]
    {
        get => _tensors[column];
        set => _tensors[column] = value;
    }

    /// <summary>Returns the data type of a column that a slice computed.</summary>
    internal int TypeOf(string column) => _types[column];

    /// <summary>Appends slices, each behind the columns that it takes. Their tensors get names that no other has.</summary>
    internal void Append(IEnumerable<GraphSlice> slices)
    {
        foreach (GraphSlice slice in slices)
        {
            Append(slice);
        }
    }

    private void Append(GraphSlice slice)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"step{_sliceCount++}.");
        Dictionary<string, string> inputs = slice.Inputs.ToDictionary(input => input.Name, input => _tensors[input.Name], StringComparer.Ordinal);
        string NewName(string tensor) => tensor.Length == 0 ? tensor : inputs.GetValueOrDefault(tensor, $"{prefix}{tensor}");

        List<TensorProto> initializers = [.. slice.Initializers.Select(tensor => tensor.Clone())];
        NodeProto[] nodes = [.. slice.Nodes.Select(node => OperatorSets.Lift(node, initializers))];
        foreach (TensorProto tensor in initializers)
        {
            tensor.Name = NewName(tensor.Name);
            graph.Append(tensor);
        }

        foreach (NodeProto node in nodes)
        {
            Rename(node.Input, NewName);
            Rename(node.Output, NewName);
            node.Name = $"{prefix}{node.Name}";
            graph.Append(node);
        }

        foreach ((string column, string tensor) in slice.Outputs)
        {
            _tensors[column] = NewName(tensor);
            _types[column] = slice.OutputType(column);
        }
    }

    private static void Rename(RepeatedField<string> names, Func<string, string> newName)
    {
        for (int i = 0; i < names.Count; i++)
        {
            names[i] = newName(names[i]);
        }
    }
}

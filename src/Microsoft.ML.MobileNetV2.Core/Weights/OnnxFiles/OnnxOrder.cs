using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Puts the nodes that some values need in order: each after the nodes whose outputs it uses.</summary>
internal sealed class OnnxOrder(IReadOnlyList<NodeProto> nodes, Func<string, NodeProto?> producer, OnnxGraph graph)
{
    private readonly HashSet<NodeProto> _needed = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<NodeProto> _placed = new(ReferenceEqualityComparer.Instance);
    private readonly List<NodeProto> _sorted = [];

    internal IReadOnlyList<NodeProto> Sort(IEnumerable<string> values)
    {
        FindNeeded(values);
        foreach (NodeProto node in nodes.Where(_needed.Contains))
        {
            Place(node);
        }

        return _sorted;
    }

    private void FindNeeded(IEnumerable<string> values)
    {
        Stack<string> open = new(values);
        while (open.TryPop(out string? value))
        {
            if (producer(value) is { } node && _needed.Add(node))
            {
                foreach (string input in node.Input)
                {
                    open.Push(input);
                }
            }
        }
    }

    /// <summary>Places a node after those that it needs, without recursion: the graph of a hostile file may be deep.</summary>
    private void Place(NodeProto node)
    {
        HashSet<NodeProto> path = new(ReferenceEqualityComparer.Instance);
        Stack<(NodeProto Node, int NextInput)> open = new([(node, 0)]);
        while (open.TryPop(out (NodeProto Node, int NextInput) current))
        {
            if (current.NextInput == current.Node.Input.Count || _placed.Contains(current.Node))
            {
                path.Remove(current.Node);
                AddOnce(current.Node);
                continue;
            }

            path.Add(current.Node);
            open.Push((current.Node, current.NextInput + 1));
            if (producer(current.Node.Input[current.NextInput]) is { } needed && !_placed.Contains(needed))
            {
                open.Push(path.Contains(needed)
                    ? throw graph.Refuse(needed, "depends on its own output, so it does not follow any other node. The file is damaged.")
                    : (needed, 0));
            }
        }
    }

    private void AddOnce(NodeProto node)
    {
        if (_placed.Add(node))
        {
            _sorted.Add(node);
        }
    }
}

using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the pooled features of an ONNX graph, with the part of the head up to a node.</summary>
/// <param name="Node">The node that gives the value.</param>
/// <param name="Units">Number of features, or of classes after the dense layer.</param>
/// <param name="Shape">Dimensions: -1 for the batch, <paramref name="Units"/> once, and 1.</param>
internal sealed record OnnxHead(NodeProto Node, int Units, IReadOnlyList<int> Shape) : OnnxValue
{
    private const long FirstSetWithSoftmaxOfOneAxis = 13;
    private const double LargestFeature = 6;

    /// <summary>Gets what was computed of each feature before the dense layer; null where nothing was.</summary>
    internal OnnxAffine? Before { get; init; }

    internal OnnxDense? Dense { get; init; }

    internal bool HasSoftmax { get; init; }

    /// <summary>Gets the first node that is neither a dense layer nor can be folded into one; null where there is none.</summary>
    internal NodeProto? Unknown { get; init; }

    internal override IReadOnlyList<long?> Dimensions => [.. Shape.Select(dimension => dimension < 0 ? null : (long?)dimension)];

    internal override OnnxValue Apply(NodeProto node, int input, OnnxBackbone backbone) =>
        Unknown is not null || IsNeutral(node) ? this : Advance(node, input, backbone.Graph) ?? LeaveOut(node);

    /// <summary>Returns the head as one that is not understood from <paramref name="node"/> on.</summary>
    internal OnnxHead LeaveOut(NodeProto node) => this with { Node = node, Unknown = Unknown ?? node };

    /// <summary>Returns the features in another shape; null where the new one spreads them over several dimensions.</summary>
    internal OnnxHead? Reshape(NodeProto node, OnnxSizes shape)
    {
        // A zero stands for the input's own dimension, and a negative number for what is left.
        long?[] rest = [.. shape.Elements.Skip(1).Select((size, index) => size == 0 ? Dimensions.ElementAtOrDefault(index + 1) : size)];
        long?[] wide = [.. rest.Where(size => size != 1)];
        if (Units == 1 || rest.Length == 0 || shape.Elements[0] is not (null or -1 or 0 or 1) || wide is not [{ } only])
        {
            return null;
        }

        return only == Units || (only == -1 && shape.Elements[0] != -1)
            ? this with { Node = node, Shape = [-1, .. rest.Select(size => size == 1 ? 1 : Units)] }
            : null;
    }

    private OnnxHead? Advance(NodeProto node, int input, OnnxGraph graph) => node.OpType switch
    {
        "Flatten" => Shape.Count == 2 || Shape[1] == Units ? Flatten(node) : null,
        "Reshape" or "Squeeze" or "Unsqueeze" or "Transpose" => Reshape(node, graph),
        "Softmax" => Softmax(node, graph),
        "Gemm" or "MatMul" or "Conv" => input == 0 ? AddDense(node, graph) : null,
        _ => Clamp(node, graph) ?? Fold(node, input, graph),
    };

    private OnnxHead? Flatten(NodeProto node) => node.Integer("axis", 1) is var axis && (axis == 1 || axis == 1 - Shape.Count)
        ? this with { Node = node, Shape = [-1, Units] }
        : null;

    private OnnxHead? Reshape(NodeProto node, OnnxGraph graph)
    {
        if (node.OpType == "Transpose")
        {
            IReadOnlyList<long> order = node.Integers("perm");
            bool keepsBatch = order.Count == Shape.Count && order[0] == 0 && order.Order().SequenceEqual(Enumerable.Range(0, Shape.Count).Select(axis => (long)axis));
            return keepsBatch ? this with { Node = node, Shape = [.. order.Select(axis => Shape[(int)axis])] } : null;
        }

        IReadOnlyList<long> numbers = graph.Constant(node.InputOrNone(1)) is { } constant ? OnnxTensors.ToIntegers(constant) : node.Integers("axes");
        return node.OpType switch
        {
            "Reshape" => numbers.Count > 0 ? Reshape(node, new OnnxSizes([.. numbers.Select(size => (long?)size)])) : null,
            "Squeeze" => Squeeze(node, numbers),
            _ => Unsqueeze(node, numbers),
        };
    }

    private OnnxHead? Squeeze(NodeProto node, IReadOnlyList<long> axes)
    {
        HashSet<long> places = [.. axes.Select(axis => axis < 0 ? axis + Shape.Count : axis)];
        bool fits = places.Count > 0 && places.All(axis => axis > 0 && axis < Shape.Count && Shape[(int)axis] == 1);
        int[] left = [.. Shape.Where((_, axis) => !places.Contains(axis))];
        return fits && left.Length > 1 ? this with { Node = node, Shape = left } : null;
    }

    private OnnxHead? Unsqueeze(NodeProto node, IReadOnlyList<long> axes)
    {
        const int MaxRank = 8;
        int rank = Shape.Count + axes.Count;
        HashSet<long> places = [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];
        if (places.Count != axes.Count || rank > MaxRank || places.Any(axis => axis < 1 || axis >= rank))
        {
            return null;
        }

        Queue<int> old = new(Shape);
        return this with { Node = node, Shape = [.. Enumerable.Range(0, rank).Select(axis => places.Contains(axis) ? 1 : old.Dequeue())] };
    }

    private OnnxHead? Softmax(NodeProto node, OnnxGraph graph)
    {
        bool isOneAxis = graph.OperatorSet >= FirstSetWithSoftmaxOfOneAxis;
        long axis = node.Integer("axis", isOneAxis ? -1 : 1);
        axis = axis < 0 ? axis + Shape.Count : axis;
        bool isOverClasses = isOneAxis ? axis > 0 && axis < Shape.Count && Shape[(int)axis] == Units : axis == 1;
        return isOverClasses && Dense is not null && !HasSoftmax ? this with { Node = node, HasSoftmax = true } : null;
    }

    private OnnxHead? AddDense(NodeProto node, OnnxGraph graph)
    {
        bool fits = Dense is null && (node.OpType == "Conv" ? Shape is [_, _, 1, 1] && Shape[1] == Units : Shape is [_, _] || (node.OpType == "MatMul" && Shape[^1] == Units));
        if (!fits || OnnxDense.Read(graph, node, Units) is not { } dense)
        {
            return null;
        }

        return this with
        {
            Node = node,
            Units = dense.Classes,
            Shape = [.. Shape.Select((dimension, axis) => axis == UnitAxis(node) ? dense.Classes : dimension)],
            Dense = Before is null ? dense : dense.After(Before),
            Before = null,
        };
    }

    private int UnitAxis(NodeProto node) => node.OpType == "Conv" ? 1 : Shape.Count - 1;

    /// <summary>Returns the features after a limit that none of them exceeds, because ReLU6 and the mean keep them from 0 to 6.</summary>
    private OnnxHead? Clamp(NodeProto node, OnnxGraph graph) =>
        Dense is null && Before is null && OnnxRange.Read(node, graph) is { Low: <= 0, High: >= LargestFeature } ? this : null;

    private OnnxHead? Fold(NodeProto node, int input, OnnxGraph graph)
    {
        if (HasSoftmax || OnnxAffine.Read(graph, node, input, [.. Shape.Select(size => size == Units ? Units : -1)]) is not { IsFinite: true } affine)
        {
            return null;
        }

        return Dense is null
            ? this with { Node = node, Before = Before is null ? affine : Before.Then(affine) }
            : this with { Node = node, Dense = Dense.Then(affine) };
    }
}

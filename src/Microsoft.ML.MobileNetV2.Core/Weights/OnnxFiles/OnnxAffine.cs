using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents x · scale + shift for each channel, which can be folded into a layer next to it.</summary>
internal sealed record OnnxAffine(double[] Scale, double[] Shift)
{
    private const float DefaultEpsilon = 1e-5f;

    internal static OnnxAffine Identity(int channels) => new([.. Enumerable.Repeat(1.0, channels)], new double[channels]);

    internal bool IsFinite => Scale.All(double.IsFinite) && Shift.All(double.IsFinite);

    /// <summary>Returns this followed by <paramref name="next"/>.</summary>
    internal OnnxAffine Then(OnnxAffine next) => new(
        [.. Scale.Zip(next.Scale, (first, second) => first * second)],
        [.. Shift.Select((shift, channel) => shift * next.Scale[channel] + next.Shift[channel])]);

    /// <summary>Returns what a node computes of its only input that is not constant; null where that is something else.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="node">The node.</param>
    /// <param name="input">Index of the input that is not constant.</param>
    /// <param name="shape">Dimensions of the input: the channels' own, and -1 for every other one.</param>
    internal static OnnxAffine? Read(OnnxGraph graph, NodeProto node, int input, IReadOnlyList<int> shape)
    {
        int channels = shape.Max();
        if (node.OpType == "BatchNormalization")
        {
            return input == 0 && shape.Count > 1 && shape[1] == channels ? BatchNorm(graph, node, channels) : null;
        }

        if (node.OpType == "Neg")
        {
            return new([.. Enumerable.Repeat(-1.0, channels)], new double[channels]);
        }

        return node.Input.Count == 2 && graph.Numbers(node, 1 - input) is { } constant && Spread(constant, shape) is { } values
            ? Arithmetic(node.OpType, input, values)
            : null;
    }

    private static OnnxAffine? Arithmetic(string operation, int input, double[] values)
    {
        double[] ones = [.. values.Select(_ => 1.0)];
        return (operation, input) switch
        {
            ("Add", _) => new(ones, values),
            ("Sub", 0) => new(ones, [.. values.Select(value => -value)]),
            ("Sub", _) => new([.. values.Select(_ => -1.0)], values),
            ("Mul", _) => new(values, new double[values.Length]),
            ("Div", 0) => new([.. values.Select(value => 1 / value)], new double[values.Length]),
            _ => null,
        };
    }

    private static OnnxAffine? BatchNorm(OnnxGraph graph, NodeProto node, int channels)
    {
        WeightTensor?[] parts = [.. Enumerable.Range(1, 4).Select(index => graph.Numbers(node, index))];
        if (parts is not [{ } scale, { } shift, { } mean, { } variance] || Array.Exists(parts, part => part!.Values.Length != channels))
        {
            return null;
        }

        double epsilon = BatchNormFolding.DecimalEpsilon(Epsilon(node));
        double[] factors = [.. scale.Values.Select((value, channel) => value / Math.Sqrt(variance.Values[channel] + epsilon))];
        return new(factors, [.. shift.Values.Select((value, channel) => value - mean.Values[channel] * factors[channel])]);
    }

    internal static float Epsilon(NodeProto batchNorm) => batchNorm.Single("epsilon", DefaultEpsilon);

    /// <summary>Returns the value of a constant for each channel, as ONNX spreads it over a value; null where it differs within a channel.</summary>
    private static double[]? Spread(WeightTensor constant, IReadOnlyList<int> shape)
    {
        int channels = shape.Max();
        if (constant.Values.Length == 1 && constant.Shape.Count <= shape.Count)
        {
            return [.. Enumerable.Repeat((double)constant.Values[0], channels)];
        }

        int first = shape.Count - constant.Shape.Count;
        bool isPerChannel = first >= 0
            && constant.Values.Length == channels
            && constant.Shape.Select((dimension, axis) => dimension == 1 || dimension == shape[first + axis]).All(fits => fits);
        return isPerChannel ? [.. constant.Values.Select(value => (double)value)] : null;
    }
}

using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the dense layer of an ONNX graph, however it is written: weight (classes, features) and bias (classes).</summary>
internal sealed record OnnxDense(WeightTensor Weight, float[] Bias)
{
    internal int Classes => Weight.Shape[0];

    internal WeightTensor BiasTensor => new([Classes], Bias);

    /// <summary>Returns the dense layer that a node is; null where it is none over <paramref name="units"/> values.</summary>
    internal static OnnxDense? Read(OnnxGraph graph, NodeProto node, int units)
    {
        if (graph.Numbers(node, 1) is not { } stored || Transpose(node, stored) is not { } weight || weight.Shape[1] != units || weight.Shape[0] == 0)
        {
            return null;
        }

        float[]? bias = node.InputOrNone(2).Length == 0 ? new float[weight.Shape[0]] : Spread(graph.Numbers(node, 2), weight.Shape[0]);
        return bias is null
            ? null
            : new(Scale(weight, node.Single("alpha", 1)), node.Single("beta", 1) is var beta && beta == 1 ? bias : [.. bias.Select(value => value * beta)]);
    }

    /// <summary>Returns the layer that computes the same of values to which <paramref name="affine"/> was not applied before.</summary>
    internal OnnxDense After(OnnxAffine affine)
    {
        int features = Weight.Shape[1];
        float[] weight = new float[Weight.Values.Length];
        float[] bias = new float[Bias.Length];
        for (int row = 0; row < bias.Length; row++)
        {
            double sum = Bias[row];
            for (int column = 0; column < features; column++)
            {
                double value = Weight.Values[row * features + column];
                weight[row * features + column] = (float)(value * affine.Scale[column]);
                sum += value * affine.Shift[column];
            }

            bias[row] = (float)sum;
        }

        return new(new(Weight.Shape, weight), bias);
    }

    /// <summary>Returns the layer whose outputs are those of this one after <paramref name="affine"/>.</summary>
    internal OnnxDense Then(OnnxAffine affine)
    {
        int features = Weight.Shape[1];
        return new(
            new(Weight.Shape, [.. Weight.Values.Select((value, index) => (float)(value * affine.Scale[index / features]))]),
            [.. Bias.Select((value, row) => (float)(value * affine.Scale[row] + affine.Shift[row]))]);
    }

    private static WeightTensor? Transpose(NodeProto node, WeightTensor stored) => (node.OpType, stored.Shape) switch
    {
        ("Gemm", [_, _]) when node.Integer("transA", 0) == 0 =>
            node.Integer("transB", 0) != 0 ? stored : TensorTransposition.ToTorch(stored, TensorLayout.TensorFlowDense),
        ("MatMul", [_, _]) => TensorTransposition.ToTorch(stored, TensorLayout.TensorFlowDense),
        ("Conv", [int classes, int features, 1, 1]) when IsPlainConv(node) => new([classes, features], stored.Values),
        _ => null,
    };

    private static bool IsPlainConv(NodeProto node) => node.Integer("group", 1) == 1 && node.Integers("pads", 0, 0, 0, 0).All(pad => pad == 0);

    /// <summary>Returns a bias that is written as a row, or as one number for all classes, as the row.</summary>
    private static float[]? Spread(WeightTensor? bias, int classes) => bias is null
        ? null
        : bias.Values.Length == classes && bias.Shape is [_] or [1, _]
            ? bias.Values
            : bias.Values is [float all] ? [.. Enumerable.Repeat(all, classes)] : null;

    private static WeightTensor Scale(WeightTensor weight, float factor) =>
        factor == 1 ? weight : new(weight.Shape, [.. weight.Values.Select(value => value * factor)]);
}

using System.Globalization;
using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Writes dense layers into an ONNX graph.</summary>
internal static class DenseLayers
{
    /// <summary>The slope of leaky ReLU below 0, as the head is trained with it.</summary>
    private const float LeakySlope = 0.01f;

    /// <summary>Returns the name of a layer's tensors without ".weight" and ".bias".</summary>
    internal static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"head.{index}");

    /// <summary>Adds layers behind <paramref name="features"/>, shape (N, inputs), and returns the name of the last one's output, shape (N, units).</summary>
    internal static string Add(OnnxGraphBuilder graph, IReadOnlyList<DenseLayer> layers, string features)
    {
        string current = features;
        for (int index = 0; index < layers.Count; index++)
        {
            current = Add(graph, layers[index], NameOf(index), current);
        }

        return current;
    }

    /// <summary>Adds one layer behind <paramref name="input"/>, shape (N, inputs), and returns the name of its output.</summary>
    internal static string Add(OnnxGraphBuilder graph, DenseLayer layer, string name, string input)
    {
        string weight = graph.Weights($"{name}.weight", layer.Weights.Span, layer.UnitCount, layer.InputCount);
        string bias = graph.Constant($"{name}.bias", layer.Bias.Span, layer.UnitCount);
        string sums = graph.Node("Gemm", [input, weight, bias], null, OnnxGraphBuilder.Integer("transB", 1));
        return Activate(graph, layer.Activation, sums);
    }

    private static string Activate(OnnxGraphBuilder graph, HeadActivation activation, string sums) => activation switch
    {
        HeadActivation.Linear => sums,
        HeadActivation.Relu6 => graph.Node("Min", [graph.Node("Relu", [sums]), graph.Constant($"{sums}.six", [6f])]),
        HeadActivation.LeakyRelu => graph.Node("LeakyRelu", [sums], null, OnnxGraphBuilder.Single("alpha", LeakySlope)),
        HeadActivation.Swish => graph.Node("Mul", [sums, graph.Node("Sigmoid", [sums])]),
        HeadActivation.Exponential => graph.Node("Exp", [sums]),
        HeadActivation.Softmax => graph.Node("Softmax", [sums], null, OnnxGraphBuilder.Integer("axis", 1)),

        // The others are called in ONNX as they are here: Relu, Elu, Sigmoid, Tanh, Softplus.
        _ => graph.Node(activation.ToString(), [sums]),
    };
}

using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Writes the layers of a network with its weights into an ONNX graph, batch norm folded.</summary>
internal sealed class NetworkLayers
{
    private readonly OnnxGraphBuilder _graph;
    private readonly MobileNetV2Weights _weights;
    private readonly string _zero;
    private readonly string _six;
    private int _size;

    private NetworkLayers(OnnxGraphBuilder graph, MobileNetV2Weights weights, int inputSize)
    {
        _graph = graph;
        _weights = weights;
        _size = inputSize;
        _zero = graph.Constant("zero", [0f]);
        _six = graph.Constant("six", [6f]);
    }

    /// <summary>Adds the network behind <paramref name="input"/>, shape (N, 3, size, size), and returns the name of its output.</summary>
    internal static string Add(OnnxGraphBuilder graph, NetworkSpecification network, string input)
    {
        NetworkLayers layers = new(graph, network.Weights, network.InputSize);
        IEnumerable<NetworkStep> steps = network.Weights.Description.Architecture.Steps;
        if (network.Output == MobileNetV2Output.FeatureMap)
        {
            return layers.AddSteps(steps.TakeWhile(step => step is not PoolStep), input);
        }

        string features = layers.AddSteps(steps, input);
        return network.Output == MobileNetV2Output.Features
            ? DenseLayers.Add(graph, network.Head?.Layers ?? [], features)
            : layers.AddClassifier(features, network.Output);
    }

    private string AddSteps(IEnumerable<NetworkStep> steps, string input)
    {
        List<string> outputs = [];
        string current = input;
        foreach (NetworkStep step in steps)
        {
            current = step switch
            {
                ConvStep conv => AddConv(conv.Layer, current),
                ShortcutStep shortcut => _graph.Node("Add", [outputs[shortcut.InputStep], current]),
                _ => AddPool(current),
            };
            outputs.Add(current);
        }

        return current;
    }

    private string AddConv(ConvLayer layer, string input)
    {
        ConvParameters parameters = _weights.GetConv(layer);
        string weight = _graph.Weights($"{layer.Name}.weight", parameters.Weight, [.. layer.WeightShape.Select(dimension => (long)dimension)]);
        string bias = _graph.Constant($"{layer.Name}.bias", parameters.Bias, layer.OutputChannels);
        (int before, int after) = layer.Padding(_size, _weights.Description.Padding);
        _size = layer.OutputSize(_size);
        string output = _graph.Node(
            "Conv",
            [input, weight, bias],
            null,
            OnnxGraphBuilder.Integers("kernel_shape", layer.KernelSize, layer.KernelSize),
            OnnxGraphBuilder.Integers("strides", layer.Stride, layer.Stride),
            OnnxGraphBuilder.Integers("pads", before, before, after, after),
            OnnxGraphBuilder.Integer("group", layer.IsDepthwise ? layer.InputChannels : 1));
        return layer.HasRelu6 ? _graph.Node("Clip", [output, _zero, _six]) : output;
    }

    private string AddPool(string map) =>
        _graph.Node("Flatten", [_graph.Node("GlobalAveragePool", [map])], null, OnnxGraphBuilder.Integer("axis", 1));

    private string AddClassifier(string features, MobileNetV2Output output)
    {
        (float[] weight, float[] bias) = _weights.GetClassifier();
        HeadActivation activation = output == MobileNetV2Output.ClassScores ? HeadActivation.Softmax : HeadActivation.Linear;
        DenseLayer classifier = new(weight.Length / bias.Length, bias.Length, activation, weight, bias);
        return DenseLayers.Add(_graph, classifier, MobileNetV2Architecture.ClassifierName, features);
    }
}

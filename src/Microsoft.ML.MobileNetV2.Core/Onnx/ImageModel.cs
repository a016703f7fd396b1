using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;
using DataType = Microsoft.ML.MobileNetV2.OnnxFormat.TensorProto.Types.DataType;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Creates the ONNX model that needs nothing else: pixels of an image of any size in, scores and class names out.</summary>
internal static class ImageModel
{
    internal const string ImageName = "image";
    internal const string ScoresName = "scores";
    internal const string ProbabilityName = "probability";
    internal const string LabelsName = "labels";
    internal const string PredictedLabelName = "predicted_label";

    /// <summary>Returns a model.</summary>
    /// <param name="network">The network with its head.</param>
    /// <param name="preprocessing">How an image becomes its input.</param>
    /// <param name="hasProbability">Whether the only score is the logarithm of odds, of which a probability is to be made.</param>
    /// <param name="weightsType">The data type in which the weights are stored.</param>
    /// <exception cref="ArgumentException">A weight is too large for the data type.</exception>
    internal static ModelProto Create(
        NetworkSpecification network, ImagePreprocessing preprocessing, bool hasProbability, TensorDataType weightsType = TensorDataType.Float32)
    {
        IReadOnlyList<string> classNames = network.OutputNames;
        OnnxGraphBuilder graph = new(network.Weights.Description.Name, weightsType: weightsType);
        string scores = AddScores(graph, AddNetwork(graph, network, preprocessing), network.OutputShape[0]);
        if (hasProbability)
        {
            graph.Node("Sigmoid", [scores], ProbabilityName);
            graph.Output(ProbabilityName, 1, 1);
            graph.Node("Greater", [scores, graph.Constant("even_odds", [0f])], PredictedLabelName);
            graph.ValueOutput(PredictedLabelName, (int)DataType.Bool);
        }

        AddLabels(graph, classNames);
        if (classNames.Count > 0 && network.Head?.LabelMode != LabelMode.MultiLabel)
        {
            AddBestLabel(graph, scores);
        }

        return graph.Build(WeightsMetadata.Write(network.Weights.Description with
        {
            Preprocessing = preprocessing,
            ClassNames = classNames,
        }));
    }

    /// <summary>Adds the input for an image, and the network behind it; returns the name of its output, shape (1, n).</summary>
    internal static string AddNetwork(OnnxGraphBuilder graph, NetworkSpecification network, ImagePreprocessing preprocessing)
    {
        string input = new ImageNodes(graph, preprocessing).Add(graph.ImageInput(ImageName));
        string output = NetworkLayers.Add(graph, network, input);
        return network.OutputShape.Count == 1 ? output : graph.Node("Flatten", [output], null, OnnxGraphBuilder.Integer("axis", 1));
    }

    /// <summary>Adds the output for scores, shape (1, count).</summary>
    internal static string AddScores(OnnxGraphBuilder graph, string scores, int count)
    {
        graph.Output(ScoresName, 1, count);
        return graph.Node("Identity", [scores], ScoresName);
    }

    /// <summary>Adds the output for the names of the classes, if there are any.</summary>
    internal static void AddLabels(OnnxGraphBuilder graph, IReadOnlyList<string> classNames)
    {
        if (classNames.Count > 0)
        {
            graph.Node("Identity", [graph.TextConstant("class_names", [.. classNames])], LabelsName);
            graph.TextOutput(LabelsName, classNames.Count);
        }
    }

    /// <summary>Adds the output for the name of the class with the highest score, shape (1, 1).</summary>
    private static void AddBestLabel(OnnxGraphBuilder graph, string scores)
    {
        string best = graph.Node("ArgMax", [scores], null, OnnxGraphBuilder.Integer("axis", 1));
        graph.Node("Gather", [LabelsName, best], PredictedLabelName);
        graph.ValueOutput(PredictedLabelName, (int)DataType.String);
    }
}

using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Creates the ONNX model that needs nothing else: pixels of an image of any size in, scores and class names out.</summary>
internal static class ImageModel
{
    internal const string ImageName = "image";
    internal const string ScoresName = "scores";
    internal const string ProbabilityName = "probability";
    internal const string LabelsName = "labels";

    /// <summary>Returns a model.</summary>
    /// <param name="network">The network with its head.</param>
    /// <param name="preprocessing">How an image becomes its input.</param>
    /// <param name="hasProbability">Whether the only score is the logarithm of odds, of which a probability is to be made.</param>
    internal static ModelProto Create(NetworkSpecification network, ImagePreprocessing preprocessing, bool hasProbability)
    {
        IReadOnlyList<string> classNames = network.OutputNames;
        OnnxGraphBuilder graph = new(network.Weights.Description.Name);
        string input = new ImageNodes(graph, preprocessing).Add(graph.ImageInput(ImageName));
        string scores = graph.Node("Identity", [NetworkLayers.Add(graph, network, input)], ScoresName);
        graph.Output(ScoresName, 1, network.OutputShape[0]);
        if (hasProbability)
        {
            graph.Node("Sigmoid", [scores], ProbabilityName);
            graph.Output(ProbabilityName, 1, 1);
        }

        if (classNames.Count > 0)
        {
            graph.Node("Identity", [graph.TextConstant("class_names", [.. classNames])], LabelsName);
            graph.TextOutput(LabelsName, classNames.Count);
        }

        return graph.Build(WeightsMetadata.Write(network.Weights.Description with
        {
            Preprocessing = preprocessing,
            ClassNames = classNames,
        }));
    }
}

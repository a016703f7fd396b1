using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Creates the ONNX models in a saved .zip, which ML.NET's own OnnxTransformer runs.</summary>
/// <remarks>OnnxTransformer takes an unknown first dimension as 1 and gives outputs in the shape that the model states, so rows have no batch dimension here.</remarks>
internal static class SavedOnnxModels
{
    /// <summary>Returns a model whose output is one text, whatever its input is: the only way for settings to travel in a chain of stock transformers.</summary>
    internal static byte[] CreateText(string inputName, string outputName, string text)
    {
        OnnxGraphBuilder graph = new("text");
        graph.Input(inputName, 1);
        graph.Node("Identity", [graph.TextConstant("value", text)], outputName);
        graph.TextOutput(outputName, 1);
        return graph.Build([]).ToByteArray();
    }

    /// <summary>Returns a network with input (1, 3 · size · size) of unknown length and an output in the shape of one image.</summary>
    /// <remarks>An input that begins with NaN, which stands for an image that could not be read, gives NaN throughout.</remarks>
    internal static byte[] CreateNetwork(
        NetworkSpecification network, string inputName, string outputName, IEnumerable<KeyValuePair<string, string>> metadata) =>
        BuildNetwork(network, inputName, outputName, metadata).ToByteArray();

    /// <summary>Returns the model of <see cref="CreateNetwork"/> before it is serialized; on request without the numbers of its layers.</summary>
    internal static ModelProto BuildNetwork(
        NetworkSpecification network, string inputName, string outputName, IEnumerable<KeyValuePair<string, string>> metadata, bool withNumbers = true)
    {
        WeightsDescription description = network.Description;
        IReadOnlyList<int> outputShape = network.OutputShape;
        OnnxGraphBuilder graph = new(description.Name, withNumbers);
        string input = graph.Input(inputName, 1, null);
        string image = graph.Node("Reshape", [input, graph.Constant("picture.shape", [1L, 3, network.InputSize, network.InputSize])]);
        string result = NetworkLayers.Add(graph, network, image);
        string row = graph.Node("Reshape", [result, graph.Constant("row.shape", [.. outputShape.Select(dimension => (long)dimension)])]);
        graph.Node("Add", [row, AddMissingMark(graph, input)], outputName);
        graph.Output(outputName, [.. outputShape.Select(dimension => (long?)dimension)]);
        if (network.OutputNames.Count > 0)
        {
            graph.SlotNames(outputName, network.OutputNames);
        }

        return graph.Build(WeightsMetadata.Write(description).Concat(metadata));
    }

    /// <summary>Returns dense layers alone: features in, shape (inputs), scores out, shape (units).</summary>
    internal static byte[] CreateHead(NetworkHead head, string inputName, string outputName, IEnumerable<KeyValuePair<string, string>> metadata) =>
        BuildHead(head, inputName, outputName, metadata).ToByteArray();

    /// <summary>Returns the model of <see cref="CreateHead"/> before it is serialized; on request without the numbers of its layers.</summary>
    internal static ModelProto BuildHead(
        NetworkHead head, string inputName, string outputName, IEnumerable<KeyValuePair<string, string>> metadata, bool withNumbers = true)
    {
        OnnxGraphBuilder graph = new("head", withNumbers);
        string input = graph.Input(inputName, head.Layers[0].InputCount);
        string features = graph.Node("Reshape", [input, graph.Constant("features.shape", [1L, head.Layers[0].InputCount])]);
        string scores = DenseLayers.Add(graph, head.Layers, features);
        graph.Node("Reshape", [scores, graph.Constant("row.shape", [(long)head.Layers[^1].UnitCount])], outputName);
        graph.Output(outputName, head.Layers[^1].UnitCount);
        if (head.OutputNames.Count > 0)
        {
            graph.SlotNames(outputName, head.OutputNames);
        }

        return graph.Build(metadata);
    }

    /// <summary>Returns a model that says for each score whether it is above a threshold: scores in and booleans out, shape (scores).</summary>
    internal static byte[] CreateDecision(string inputName, string outputName, float threshold, IReadOnlyList<string> slotNames)
    {
        OnnxGraphBuilder graph = new("decision");
        string scores = graph.Input(inputName, slotNames.Count);
        graph.Node("Greater", [scores, graph.Constant("threshold", [threshold], 1)], outputName);
        graph.BooleanOutput(outputName, slotNames.Count);
        graph.SlotNames(outputName, slotNames);
        return graph.Build([]).ToByteArray();
    }

    /// <summary>Adds a number that is 0, or NaN where the first pixel is: ReLU6 alone would turn NaN into a plausible feature.</summary>
    private static string AddMissingMark(OnnxGraphBuilder graph, string input)
    {
        string firstPixel = graph.Node("Gather", [graph.Node("Reshape", [input, graph.Constant("flat.shape", [-1L])]), graph.Constant("first", [0L])]);
        return graph.Node("Mul", [firstPixel, graph.Constant("mark.zero", [0f], 1)]);
    }
}

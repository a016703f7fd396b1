using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Compares the graph of a saved network with what its tensors and metadata say, so that every loader computes the same scores.</summary>
internal static class SavedGraph
{
    /// <exception cref="InvalidDataException">The graph is another one than this library writes for the network.</exception>
    internal static void RequireSame(SavedOnnxModel saved, SavedNetwork network)
    {
        GraphProto graph = saved.Model.Graph;
        RemoveNumbers(graph);
        if (graph.Input is not [{ } input]
            || !graph.Equals(Build(network.Network, input.Name, network.OutputColumnName)))
        {
            throw new InvalidDataException("its graph is not the one that belongs to its weights and settings.");
        }
    }

    /// <summary>Returns whether the graph is the one that this library writes for a head on ready features.</summary>
    internal static bool IsOf(SavedOnnxModel saved, NetworkHead head)
    {
        GraphProto graph = saved.Model.Graph;
        RemoveNumbers(graph);
        return graph.Input is [{ } input] && graph.Output is [{ } output] && graph.Equals(SavedOnnxModels.BuildHead(head, input.Name, output.Name, [], withNumbers: false).Graph);
    }

    /// <summary>Compares the graph of a network with itself, so that the code which a saved one needs is compiled.</summary>
    internal static bool WarmUp(NetworkSpecification network) => Build(network, "input", "output").Equals(Build(network, "input", "output"));

    private static GraphProto Build(NetworkSpecification network, string inputName, string outputName) =>
        SavedOnnxModels.BuildNetwork(network, inputName, outputName, [], withNumbers: false).Graph;

    /// <summary>Removes the numbers of layers, as they are missing in the other graph: those there would be the ones that were read here, by the names of tensors.</summary>
    private static void RemoveNumbers(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            if (tensor.RawData.Length > OnnxGraphBuilder.MaxConstantLength)
            {
                tensor.RawData = ByteString.Empty;
            }
        }
    }
}

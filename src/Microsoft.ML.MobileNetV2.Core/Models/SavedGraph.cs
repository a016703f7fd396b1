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
        if (graph.Input is not [{ } input] || !graph.Equals(SavedOnnxModels.BuildNetwork(network.Network, input.Name, network.OutputColumnName, []).Graph))
        {
            throw new InvalidDataException("its graph is not the one that belongs to its weights and settings.");
        }
    }
}

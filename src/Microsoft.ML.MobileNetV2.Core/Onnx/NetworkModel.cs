using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Creates the ONNX models that ONNX Runtime executes for the engine: a batch of normalized images in, one output.</summary>
internal static class NetworkModel
{
    internal const string InputName = "input";
    internal const string OutputName = "output";

    /// <summary>Returns a model with input (N, 3, size, size) and an output whose first dimension is N.</summary>
    internal static byte[] Create(NetworkSpecification network)
    {
        OnnxGraphBuilder graph = new(network.Weights.Description.Name);
        graph.Input(InputName, null, 3, network.InputSize, network.InputSize);
        string result = NetworkLayers.Add(graph, network, InputName);
        graph.Node("Identity", [result], OutputName);
        graph.Output(OutputName, [null, .. network.OutputShape.Select(dimension => (long?)dimension)]);
        return graph.Build(WeightsMetadata.Write(network.Description)).ToByteArray();
    }
}

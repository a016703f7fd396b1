using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.OnnxRuntime;

/// <summary>Represents a network in a session of ONNX Runtime.</summary>
internal sealed class OnnxNetwork : INetwork
{
    private readonly InferenceSession _session;
    private readonly long[] _inputShape;
    private readonly long[] _outputShape;

    internal OnnxNetwork(NetworkSpecification network, Action<SessionOptions>? configureSession)
    {
        _inputShape = [1, 3, network.InputSize, network.InputSize];
        _outputShape = [1, .. network.OutputShape.Select(dimension => (long)dimension)];
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        configureSession?.Invoke(options);
        _session = new InferenceSession(NetworkModel.Create(network), options);
    }

    INetworkRun INetwork.CreateRun() => new OnnxNetworkRun(_session, _inputShape, _outputShape);

    public void Dispose() => _session.Dispose();
}

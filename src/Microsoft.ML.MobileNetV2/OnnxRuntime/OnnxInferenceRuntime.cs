using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.OnnxRuntime;

/// <summary>Represents ONNX Runtime as the software that executes a network.</summary>
internal sealed class OnnxInferenceRuntime(Action<SessionOptions>? configureSession = null) : InferenceRuntime
{
    internal override INetwork Load(NetworkSpecification network, int maxThreads = 1) => new OnnxNetwork(network, configureSession);
}

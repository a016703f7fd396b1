using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxRuntime;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents ONNX Runtime as the software that executes a network, on the CPU or with an execution provider of the caller's choice.</summary>
/// <remarks>Immutable and safe to use from several threads. It is not saved with a model.</remarks>
public sealed class OnnxInferenceRuntime : InferenceRuntime
{
    private readonly Action<SessionOptions>? _configureSession;

    /// <summary>Initializes a new instance of the <see cref="OnnxInferenceRuntime"/> class.</summary>
    /// <param name="configureSession">
    /// A method that changes the options of a session, for example to append an execution provider for a GPU. It is called once for each network, before
    /// the first image. The default is null: the CPU, one thread for each image.
    /// </param>
    public OnnxInferenceRuntime(Action<SessionOptions>? configureSession = null) => _configureSession = configureSession;

    internal override INetwork Load(NetworkSpecification network) => new OnnxNetwork(network, _configureSession);
}

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents this library's own kernels as the software that executes a network.</summary>
internal sealed class ManagedRuntime : InferenceRuntime
{
    internal override INetwork Load(NetworkSpecification network, int maxThreads = 1) => new ManagedNetwork(network, maxThreads: maxThreads);
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the software that executes a network.</summary>
/// <remarks>Immutable and safe to use from several threads. It is not saved with a model.</remarks>
public abstract class InferenceRuntime
{
    private protected InferenceRuntime()
    {
    }

    /// <summary>Gets the library's own runtime: kernels in C#, on the CPU, no native code. One image is divided over processors that no other image needs.</summary>
    public static InferenceRuntime Managed { get; } = new Network.ManagedRuntime();

    /// <summary>Loads a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="maxThreads">The most threads that may work on one image, if the runtime can divide one.</param>
    /// <returns>The loaded network. The caller disposes it.</returns>
    internal abstract Network.INetwork Load(Network.NetworkSpecification network, int maxThreads = 1);
}

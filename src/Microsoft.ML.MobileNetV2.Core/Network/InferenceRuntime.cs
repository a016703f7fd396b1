namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the software that executes a network.</summary>
/// <remarks>Immutable and safe to use from several threads. It is not saved with a model.</remarks>
public abstract class InferenceRuntime
{
    private protected InferenceRuntime()
    {
    }

    /// <summary>Gets the library's own runtime: kernels in C#, on the CPU, one thread for each image, nothing native.</summary>
    public static InferenceRuntime Managed { get; } = new Network.ManagedRuntime();

    /// <summary>Loads a network.</summary>
    /// <param name="network">The network.</param>
    /// <returns>The loaded network. The caller disposes it.</returns>
    internal abstract Network.INetwork Load(Network.NetworkSpecification network);
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the software that executes a network.</summary>
/// <remarks>Immutable and safe to use from several threads. It is not saved with a model.</remarks>
public abstract class InferenceRuntime
{
    private protected InferenceRuntime()
    {
    }

    /// <summary>Gets or sets the runtime of networks whose options name none; set once, when the assembly that has it is loaded.</summary>
    internal static InferenceRuntime? Default { get; set; }

    /// <summary>Loads a network.</summary>
    /// <param name="network">The network.</param>
    /// <returns>The loaded network. The caller disposes it.</returns>
    internal abstract Network.INetwork Load(Network.NetworkSpecification network);
}

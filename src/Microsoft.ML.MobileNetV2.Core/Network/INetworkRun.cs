namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the buffers in which one thread at a time runs a network.</summary>
internal interface INetworkRun : IDisposable
{
    /// <summary>Gets the network's input, shape (3, size, size), to be filled before <see cref="Compute"/>.</summary>
    Span<float> Input { get; }

    /// <summary>Runs the network on <see cref="Input"/> and returns its output, valid until the next call.</summary>
    ReadOnlySpan<float> Compute();
}

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents a network that a runtime has loaded. Safe to use from several threads.</summary>
internal interface INetwork : IDisposable
{
    /// <summary>Allocates the buffers of one concurrent run.</summary>
    INetworkRun CreateRun();
}

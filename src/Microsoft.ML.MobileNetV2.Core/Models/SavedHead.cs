using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents a head in a saved model.</summary>
/// <param name="Head">The head.</param>
/// <param name="Network">The network that it is on; null where it takes ready features.</param>
/// <param name="InputColumnName">The name of the column of images or features.</param>
/// <param name="Index">The index of the transformer that executes it, among all of the model.</param>
internal sealed record SavedHead(NetworkHead Head, SavedNetwork? Network, string InputColumnName, int Index)
{
    /// <summary>Gets the name of the column of its output.</summary>
    /// <value>Null for a head on a network, and where the saved graph is not the one that belongs to the head.</value>
    internal string? OutputColumnName { get; init; }
}

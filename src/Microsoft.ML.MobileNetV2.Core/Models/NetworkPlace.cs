using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents a network among the transformers of a model.</summary>
/// <param name="Network">The network.</param>
/// <param name="InputColumnName">The name of the image column.</param>
/// <param name="InputKind">The form of the images.</param>
/// <param name="OutputColumnName">The name of the output column.</param>
/// <param name="First">The index of the first transformer that belongs to the network.</param>
/// <param name="Last">The index of the one that executes it.</param>
internal sealed record NetworkPlace(
    NetworkSpecification Network, string InputColumnName, ImageSourceKind InputKind, string OutputColumnName, int First, int Last);

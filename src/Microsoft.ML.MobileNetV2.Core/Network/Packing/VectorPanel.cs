namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the output channels that a tile of a product computes together.</summary>
/// <param name="FirstVector">Index of the first register of channels.</param>
/// <param name="VectorCount">Number of registers, from 1 to <see cref="PointwiseTile.MaxVectors"/>.</param>
internal readonly record struct VectorPanel(int FirstVector, int VectorCount);

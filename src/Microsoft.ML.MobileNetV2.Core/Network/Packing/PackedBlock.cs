namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the weights of the three convolutions that run fused.</summary>
/// <param name="Produce">The convolution that makes the rows of the depthwise one: expand, or the stem before the block without expansion.</param>
/// <param name="Depthwise">The depthwise convolution.</param>
/// <param name="Project">The projection.</param>
internal sealed record PackedBlock(PackedPointwise Produce, PackedDepthwise Depthwise, PackedPointwise Project);

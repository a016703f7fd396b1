namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Represents a convolution with its batch norm and activation.</summary>
/// <param name="Layer">The convolution.</param>
/// <param name="Role">What the convolution does in the network.</param>
/// <param name="Block">The block that the convolution belongs to; null for the stem and the last convolution.</param>
internal sealed record ConvStep(ConvLayer Layer, ConvRole Role, InvertedResidual? Block = null) : NetworkStep;

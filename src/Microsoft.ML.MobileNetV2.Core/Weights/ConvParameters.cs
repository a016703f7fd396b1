namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the parameters of one convolution for inference, with batch norm folded in.</summary>
/// <param name="Weight">Shape (output channels, input channels of a group, kernel height, kernel width), row by row.</param>
/// <param name="Bias">One a channel.</param>
internal sealed record ConvParameters(float[] Weight, float[] Bias);

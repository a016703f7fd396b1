namespace Microsoft.ML.MobileNetV2;

/// <summary>Describes one layer of a network at one input size. Activations and batch norm belong to the convolution before them.</summary>
/// <param name="Name">Name of the layer in torchvision's naming.</param>
/// <param name="Kind">Kind of the layer.</param>
/// <param name="InputShape">Shape of one image's input.</param>
/// <param name="OutputShape">Shape of one image's output.</param>
/// <param name="ParameterCount">Trained numbers without batch norm: weights, and the bias of the dense layer.</param>
/// <param name="BatchNormParameterCount">Scale and shift of the batch norm: two a channel; 0 where there is none.</param>
/// <param name="MultiplyAdds">Multiplications, each with its addition, for one image.</param>
public sealed record LayerInfo(
    string Name,
    LayerKind Kind,
    FeatureMapShape InputShape,
    FeatureMapShape OutputShape,
    long ParameterCount,
    long BatchNormParameterCount,
    long MultiplyAdds);

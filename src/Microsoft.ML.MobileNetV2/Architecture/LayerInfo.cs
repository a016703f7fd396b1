namespace Microsoft.ML.MobileNetV2;

/// <summary>Describes one layer of a network at one input size. Activation and batch norm belong to the convolution before them.</summary>
public sealed record LayerInfo
{
    internal LayerInfo()
    {
    }

    /// <summary>Gets the name of the layer in torchvision's naming.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the kind of the layer.</summary>
    public required LayerKind Kind { get; init; }

    /// <summary>Gets the shape of the input for one image.</summary>
    public required FeatureMapShape InputShape { get; init; }

    /// <summary>Gets the shape of the output for one image.</summary>
    public required FeatureMapShape OutputShape { get; init; }

    /// <summary>Gets the number of trained parameters without batch norm: the weights, and the bias of the dense layer.</summary>
    public long ParameterCount { get; init; }

    /// <summary>Gets the number of trained parameters of the batch norm: a scale and a shift for each channel.</summary>
    /// <value>0 where the layer has no batch norm.</value>
    public long BatchNormParameterCount { get; init; }

    /// <summary>Gets the number of multiplications, each with its addition, for one image.</summary>
    public long MultiplyAdds { get; init; }
}

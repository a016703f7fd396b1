namespace Microsoft.ML.MobileNetV2;

/// <summary>Describes one layer of a network at one input size. Activation and batch norm belong to the convolution before them.</summary>
public sealed class LayerInfo
{
    internal LayerInfo()
    {
    }

    /// <summary>Gets the name of the layer in torchvision's naming.</summary>
    public string Name { get; internal init; } = null!;

    /// <summary>Gets the kind of the layer.</summary>
    public LayerKind Kind { get; internal init; }

    /// <summary>Gets the shape of the input for one image.</summary>
    public (int Channels, int Height, int Width) InputShape { get; internal init; }

    /// <summary>Gets the shape of the output for one image.</summary>
    public (int Channels, int Height, int Width) OutputShape { get; internal init; }

    /// <summary>Gets the number of trained parameters without batch norm: the weights, and the bias of the dense layer.</summary>
    public long ParameterCount { get; internal init; }

    /// <summary>Gets the number of trained parameters of the batch norm: a scale and a shift for each channel.</summary>
    /// <value>0 where the layer has no batch norm.</value>
    public long BatchNormParameterCount { get; internal init; }

    /// <summary>Gets the number of multiplications, each with its addition, for one image.</summary>
    public long MultiplyAdds { get; internal init; }
}

namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Represents a convolution with its batch norm and, unless it is linear, ReLU6: the only building block of the network.</summary>
/// <param name="Name">Name of the convolution's tensors in torchvision's naming, for example <c>features.0.0</c>.</param>
/// <param name="BatchNormName">Name of the batch norm's tensors, for example <c>features.0.1</c>.</param>
/// <param name="InputChannels">Channels of the input.</param>
/// <param name="OutputChannels">Channels of the output.</param>
/// <param name="KernelSize">Height and width of the kernel in pixels: 1 or 3.</param>
/// <param name="Stride">Step of the kernel in pixels: 1 or 2.</param>
/// <param name="IsDepthwise">Whether each channel has a kernel of its own.</param>
/// <param name="HasRelu6">Whether ReLU6 follows, as it does except in the linear bottlenecks.</param>
internal sealed record ConvLayer(
    string Name,
    string BatchNormName,
    int InputChannels,
    int OutputChannels,
    int KernelSize,
    int Stride,
    bool IsDepthwise,
    bool HasRelu6)
{
    /// <summary>Gets the shape of the weight: (output channels, input channels of a group, kernel height, kernel width).</summary>
    internal IReadOnlyList<int> WeightShape => [OutputChannels, IsDepthwise ? 1 : InputChannels, KernelSize, KernelSize];

    internal long WeightCount => (long)OutputChannels * (IsDepthwise ? 1 : InputChannels) * KernelSize * KernelSize;

    /// <summary>Returns the height (or width) of the output for an input of that height; the same under both padding conventions.</summary>
    internal int OutputSize(int inputSize) => (inputSize + Stride - 1) / Stride;

    /// <summary>Returns the pixels to pad before the start and after the end of an input of that height (or width).</summary>
    internal (int Before, int After) Padding(int inputSize, PaddingConvention convention)
    {
        if (convention == PaddingConvention.Symmetric)
        {
            return (KernelSize / 2, KernelSize / 2);
        }

        int total = Math.Max(0, (OutputSize(inputSize) - 1) * Stride + KernelSize - inputSize);
        return (total / 2, total - total / 2);
    }
}

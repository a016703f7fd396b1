namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Specifies the order in which a file stores the dimensions of a tensor; this library uses PyTorch's order.</summary>
internal enum TensorLayout
{
    /// <summary>PyTorch's order, or only one dimension.</summary>
    Torch,

    /// <summary>TensorFlow's convolution: (height, width, input channels, output channels).</summary>
    TensorFlowConv,

    /// <summary>TensorFlow's depthwise convolution: (height, width, channels, 1).</summary>
    TensorFlowDepthwise,

    /// <summary>TensorFlow's dense layer, (inputs, outputs), also written as a 1×1 convolution.</summary>
    TensorFlowDense,
}

namespace Microsoft.ML.MobileNetV2;

/// <summary>Names the six kinds of layer that MobileNetV2 is made of.</summary>
public enum LayerKind
{
    /// <summary>The 3×3 convolution with stride 2 that opens the network (the stem).</summary>
    Convolution,

    /// <summary>A 3×3 convolution with one kernel a channel.</summary>
    DepthwiseConvolution,

    /// <summary>A 1×1 convolution: expands or projects channels.</summary>
    PointwiseConvolution,

    /// <summary>The sum of a block's input and output.</summary>
    Shortcut,

    /// <summary>The mean over all pixels of each channel.</summary>
    GlobalAveragePool,

    /// <summary>The dense layer behind the features: the classifier.</summary>
    Dense,
}

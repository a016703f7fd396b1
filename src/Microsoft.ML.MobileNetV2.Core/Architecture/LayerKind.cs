namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the kind of a layer.</summary>
public enum LayerKind
{
    /// <summary>The 3×3 convolution with stride 2 that opens the network (the stem).</summary>
    Convolution,

    /// <summary>A 3×3 convolution with one kernel for each channel.</summary>
    DepthwiseConvolution,

    /// <summary>A 1×1 convolution, which expands or projects channels.</summary>
    PointwiseConvolution,

    /// <summary>The sum of a block's input and output.</summary>
    Shortcut,

    /// <summary>The mean over all pixels of each channel.</summary>
    GlobalAveragePool,

    /// <summary>The dense layer after the features: the classifier.</summary>
    Dense,
}

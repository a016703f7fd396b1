namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Specifies what a convolution does in the network.</summary>
internal enum ConvRole
{
    /// <summary>The 3×3 convolution with stride 2 that opens the network.</summary>
    Stem,

    /// <summary>The 1×1 convolution that widens a block's input.</summary>
    Expand,

    /// <summary>The 3×3 convolution of a block, with one kernel for each channel.</summary>
    Depthwise,

    /// <summary>The linear 1×1 convolution that ends a block.</summary>
    Project,

    /// <summary>The 1×1 convolution before the pooling.</summary>
    Last,
}

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Specifies how <see cref="RandomNetwork"/> draws weights.</summary>
public enum RandomNetworkKind
{
    /// <summary>Normal weights of He's scale with biases, batch norm folded: numbers grow until ReLU6 bounds them.</summary>
    HeNormal,

    /// <summary>Uniform weights of Glorot's scale and batch norm that changes nothing: numbers shrink from layer to layer.</summary>
    Glorot,

    /// <summary>Normal weights of He's scale and batch norm with random statistics, scales and shifts.</summary>
    RandomBatchNorm,

    /// <summary>The same, where the weights of channels, and their statistics, differ by up to four orders of magnitude.</summary>
    WideRanges,

    /// <summary>Batch norm with the statistics of an image, as training leaves it, and random scales and shifts.</summary>
    FittedBatchNorm,
}

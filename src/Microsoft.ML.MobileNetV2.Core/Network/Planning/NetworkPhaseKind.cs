namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Specifies how several threads divide a step of a network.</summary>
internal enum NetworkPhaseKind
{
    /// <summary>A whole block, by rows of its output: each thread makes the widened rows that its own need.</summary>
    Rows,

    /// <summary>The widened map of a block and its depthwise convolution, by channels.</summary>
    Widen,

    /// <summary>The projection of that, by pixels.</summary>
    Project,

    /// <summary>The last convolution, by channels.</summary>
    Last,
}

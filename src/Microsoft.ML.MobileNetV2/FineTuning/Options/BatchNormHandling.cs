namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how batch norm is handled in the blocks that are fine-tuned; in frozen blocks it always uses its running statistics.</summary>
public enum BatchNormHandling
{
    /// <summary>The running statistics stay as they are. Suits small batches and small sets of images, and weights whose batch norm is folded.</summary>
    Frozen,

    /// <summary>
    /// Statistics are those of the batch, and the running ones follow them, as when a network is trained from scratch. Where batch norm is folded into the
    /// convolutions, it is put back first, from statistics of the training images, so that the network starts as it was.
    /// </summary>
    Trained,
}

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Specifies which part of a network is trained, and on how many images at once.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Padding">How its 3×3 convolutions pad.</param>
/// <param name="InputSize">Height and width of the images in pixels.</param>
/// <param name="BatchSize">The most images of a batch.</param>
/// <param name="Epsilon">The number that batch norm adds to a variance.</param>
internal sealed record TrainingShape(MobileNetV2Architecture Architecture, PaddingConvention Padding, int InputSize, int BatchSize, double Epsilon)
{
    /// <summary>Gets the index of the first block that is trained: 0 for the whole network with its stem, the number of blocks for the last convolution alone.</summary>
    internal int FirstBlock { get; init; }

    /// <summary>Gets the parts that a batch is cut into, which run at the same time. Sums depend on it in their last bits, but not on timing.</summary>
    internal int PartCount { get; init; } = Environment.ProcessorCount;
}

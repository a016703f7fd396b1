namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents a convolution of some pixels that is a matrix product.</summary>
internal readonly unsafe struct PointwiseCall
{
    internal required PackedPointwise Weights { get; init; }

    internal required float* Input { get; init; }

    /// <summary>Gets the distance from one pixel of the input to the next.</summary>
    internal required nint InputStride { get; init; }

    internal required float* Output { get; init; }

    /// <summary>Gets the distance from one pixel of the output to the next; 0 to sum over the pixels.</summary>
    internal required nint OutputStride { get; init; }

    /// <summary>Gets the distance from one register of channels of an output pixel to the next.</summary>
    internal required nint VectorStride { get; init; }

    internal required int PixelCount { get; init; }

    internal bool HasRelu6 { get; init; }

    /// <summary>Gets what is added to the result, laid out as the output; null for nothing. It may be the output itself.</summary>
    internal float* Addend { get; init; }

    /// <summary>Gets the part of the panels that is computed; all of them by default.</summary>
    internal WorkPart Part { get; init; }
}

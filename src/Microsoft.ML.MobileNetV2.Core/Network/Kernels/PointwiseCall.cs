namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents a convolution of some pixels that is a matrix product.</summary>
internal readonly unsafe struct PointwiseCall
{
    internal required PackedPointwise Weights { get; init; }

    internal required float* Input { get; init; }

    /// <summary>Gets the distance from one pixel of the input to the next.</summary>
    internal required nint InputStride { get; init; }

    internal required float* Output { get; init; }

    /// <summary>Gets the distance from one pixel of the output to the next.</summary>
    internal nint OutputStride { get; init; }

    /// <summary>Gets the distance from one register of channels of an output pixel to the next.</summary>
    internal required nint VectorStride { get; init; }

    internal required int PixelCount { get; init; }

    internal bool HasRelu6 { get; init; }

    /// <summary>Gets a value indicating whether the results of all pixels are added to the one pixel that the output has.</summary>
    internal bool IsPooled { get; init; }

    /// <summary>Gets what is added to the sums before the bias, laid out as the output; null for nothing.</summary>
    internal float* Addend { get; init; }

    /// <summary>Gets the part of the panels that is computed; all of them by default.</summary>
    internal WorkPart Part { get; init; }
}

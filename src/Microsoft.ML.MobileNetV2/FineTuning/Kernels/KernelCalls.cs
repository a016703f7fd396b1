namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents pixels in memory, one after the other.</summary>
/// <param name="Start">The first channel of the first pixel.</param>
/// <param name="Stride">The distance from one pixel to the next.</param>
/// <param name="Channels">The channels, a multiple of the register.</param>
/// <param name="Count">The number of pixels.</param>
internal readonly unsafe record struct PixelRun(nint Start, nint Stride, int Channels, int Count)
{
    internal PixelRun(float* start, nint stride, int channels, int count)
        : this((nint)start, stride, channels, count)
    {
    }

    internal float* Pointer => (float*)Start;
}

/// <summary>Represents the arguments of a product with a packed matrix.</summary>
internal readonly unsafe struct ProductCall
{
    /// <summary>Gets the left matrix, a row for each pixel.</summary>
    internal required float* Left { get; init; }

    internal required nint LeftStride { get; init; }

    internal required int Rows { get; init; }

    /// <summary>Gets a number for each column of the result, which is added; null for none.</summary>
    internal float* Bias { get; init; }

    internal required float* Output { get; init; }

    internal required nint OutputStride { get; init; }

    internal bool HasRelu6 { get; init; }

    /// <summary>Gets a value indicating whether the result is added to the output.</summary>
    internal bool IsAdded { get; init; }
}

/// <summary>Represents the arguments of a product with a transposed left matrix.</summary>
internal readonly unsafe struct TransposedCall
{
    /// <summary>Gets the left matrix, a row for each pixel.</summary>
    internal required float* Left { get; init; }

    internal required nint LeftStride { get; init; }

    /// <summary>Gets the columns of the left matrix, which are the rows of the result.</summary>
    internal required int LeftColumns { get; init; }

    /// <summary>Gets the right matrix, a row for each pixel.</summary>
    internal required float* Right { get; init; }

    internal required nint RightStride { get; init; }

    /// <summary>Gets the columns of the right matrix, a multiple of the register.</summary>
    internal required int RightColumns { get; init; }

    /// <summary>Gets the number of pixels.</summary>
    internal required int Pixels { get; init; }

    internal required float* Output { get; init; }

    internal required nint OutputStride { get; init; }
}

/// <summary>Represents the arguments of the way back through a ReLU6 with the sums that the batch norm before it needs.</summary>
internal readonly unsafe struct MaskCall
{
    internal required PixelRun Activations { get; init; }

    /// <summary>Gets the gradient behind the activations, laid out as they are.</summary>
    internal required float* Gradient { get; init; }

    /// <summary>Gets the values before the batch norm, laid out as the output.</summary>
    internal required float* Values { get; init; }

    internal required float* Output { get; init; }

    internal required nint OutputStride { get; init; }

    /// <summary>Gets where the sums of the result are added.</summary>
    internal required float* Sums { get; init; }

    /// <summary>Gets where the sums of its products with the values are added.</summary>
    internal required float* ProductSums { get; init; }

    /// <summary>Gets a value indicating whether the output is stored past the caches.</summary>
    internal bool IsStreamed { get; init; }
}

/// <summary>Represents the arguments of one row of a depthwise convolution.</summary>
internal readonly unsafe struct DepthwiseForwardRow
{
    /// <summary>Gets the three input rows; those outside of the map are zero.</summary>
    internal required float* Row0 { get; init; }

    internal required float* Row1 { get; init; }

    internal required float* Row2 { get; init; }

    /// <summary>Gets the distance from one input pixel to the next.</summary>
    internal required nint InputStride { get; init; }

    /// <summary>Gets nine rows of weights, one number a channel.</summary>
    internal required float* Weights { get; init; }

    /// <summary>Gets the channels, a multiple of the register.</summary>
    internal required int Channels { get; init; }

    /// <summary>Gets the output row; its pixels follow each other at a distance of <see cref="Channels"/>.</summary>
    internal required float* Output { get; init; }

    internal required int Width { get; init; }

    /// <summary>Gets 1 if the first output pixel lacks its left neighbors, otherwise 0.</summary>
    internal required int PaddingBefore { get; init; }

    /// <summary>Gets 1 if the last output pixel lacks its right neighbors, otherwise 0.</summary>
    internal required int PaddingAfter { get; init; }

    internal required float* Sums { get; init; }

    internal required float* SquareSums { get; init; }

    /// <summary>Gets a value indicating whether the output is stored past the caches.</summary>
    internal bool IsStreamed { get; init; }
}

/// <summary>Represents the arguments of one row of the gradient of a depthwise convolution.</summary>
internal readonly unsafe struct DepthwiseBackwardRow
{
    /// <summary>Gets the output rows whose kernels' first, second and third row see the input row, one zero pixel before and after; null for none.</summary>
    internal required float* Row0 { get; init; }

    internal required float* Row1 { get; init; }

    internal required float* Row2 { get; init; }

    /// <summary>Gets the distance from one pixel to the next, in every row.</summary>
    internal required nint Stride { get; init; }

    internal required float* Weights { get; init; }

    /// <summary>Gets where the gradient of the weights is added.</summary>
    internal required float* WeightsGradient { get; init; }

    internal required int Channels { get; init; }

    /// <summary>Gets the activations of the input row.</summary>
    internal required float* Activations { get; init; }

    /// <summary>Gets where the gradient before the activation of the input row goes.</summary>
    internal required float* Output { get; init; }

    /// <summary>Gets the pixels of the input row.</summary>
    internal required int Width { get; init; }

    /// <summary>Gets the zeros that the convolution sees before the first pixel.</summary>
    internal required int PaddingBefore { get; init; }

    internal required float* Sums { get; init; }
}

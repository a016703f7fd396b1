namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the arguments of <see cref="PointwiseTile"/>.</summary>
internal unsafe struct PointwiseTileArguments
{
    internal float* Input;

    /// <summary>The distance from one pixel of the input to the next.</summary>
    internal nint InputStride;

    /// <summary>The input's channels.</summary>
    internal nint Depth;

    /// <summary>The products that are added one after the other, from 0 on; a longer sum is the sum of such pieces.</summary>
    internal nint PieceLength;

    /// <summary>The panel: for each input channel the weights of the output channels.</summary>
    internal float* Weights;

    /// <summary>The distance from one row of the weights to the next; only for <see cref="TileForms.Columns"/>, a packed panel has none between.</summary>
    internal nint WeightsStride;

    /// <summary>What is added to each sum at its end, a number for each channel; null for nothing.</summary>
    /// <remarks>A sum that began with it would be rounded to its magnitude at each step.</remarks>
    internal float* Bias;

    internal float* Output;

    /// <summary>The distance from one pixel of the output to the next.</summary>
    internal nint OutputStride;

    /// <summary>The distance from one register of channels of an output pixel to the next.</summary>
    internal nint VectorStride;

    /// <summary>What is added to each sum before the bias, laid out as the output; null for nothing. It may be the output itself.</summary>
    internal float* Addend;

    internal bool HasRelu6;

    /// <summary>Moves on to the next rows.</summary>
    /// <param name="input">The distance in the input.</param>
    /// <param name="output">The distance in the output.</param>
    internal void Advance(nint input, nint output)
    {
        Input += input;
        Output += output;
        Addend = Addend is null ? null : Addend + output;
    }
}

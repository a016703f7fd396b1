namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the arguments of <see cref="DepthwiseRow"/>: one row of output pixels of one register of channels.</summary>
internal unsafe struct DepthwiseRowArguments
{
    /// <summary>The three input rows; those outside of the map are zero.</summary>
    internal float* Row0;
    internal float* Row1;
    internal float* Row2;

    /// <summary>Nine registers of weights and one of bias.</summary>
    internal float* Weights;

    internal float* Output;

    /// <summary>The distance from one pixel of the output to the next.</summary>
    internal nint OutputStride;

    /// <summary>The output's pixels.</summary>
    internal int Width;

    /// <summary>Whether the first pixel of the output lacks its left neighbors: 1, or 0.</summary>
    internal int PaddingBefore;

    /// <summary>Whether the last pixel of the output lacks its right neighbors: 1, or 0.</summary>
    internal int PaddingAfter;
}

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents what a block reads and writes.</summary>
/// <param name="source">The input; for the first block that of the network.</param>
/// <param name="sourceStride">The distance from one pixel of the input to the next.</param>
/// <param name="output">Takes the output. It is not the input: other threads may still read that.</param>
internal readonly unsafe struct BlockMaps(float* source, int sourceStride, float* output)
{
    internal float* Source => source;

    internal int SourceStride => sourceStride;

    internal float* Output => output;
}

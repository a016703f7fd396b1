using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the weights of a depthwise convolution: for each register of channels nine of weights and one of bias. Immutable.</summary>
internal sealed unsafe class PackedDepthwise
{
    /// <summary>Registers for each register of channels.</summary>
    internal const int VectorsEach = KernelPixels + 1;

    private const int KernelPixels = 9;

    private readonly AlignedMemory _memory;
    private readonly int _lanes;

    /// <summary>Packs weights.</summary>
    /// <param name="weight">Shape (channels, 3, 3).</param>
    /// <param name="bias">One number for each channel.</param>
    /// <param name="lanes">Numbers in a register.</param>
    internal PackedDepthwise(float[] weight, float[] bias, int lanes)
    {
        _lanes = lanes;
        VectorCount = (bias.Length + lanes - 1) / lanes;
        _memory = new AlignedMemory(VectorCount * VectorsEach * lanes);
        for (int channel = 0; channel < bias.Length; channel++)
        {
            float* packed = WeightsOf(channel / lanes) + channel % lanes;
            for (int pixel = 0; pixel < KernelPixels; pixel++)
            {
                packed[pixel * lanes] = weight[channel * KernelPixels + pixel];
            }

            packed[KernelPixels * lanes] = bias[channel];
        }
    }

    internal int VectorCount { get; }

    internal float* WeightsOf(int vector) => _memory.Start + (nint)vector * VectorsEach * _lanes;
}

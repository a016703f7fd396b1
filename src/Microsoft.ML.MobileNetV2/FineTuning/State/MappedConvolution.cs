using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents where the weights of a convolution lie: shape (numbers of a kernel, padded output channels).</summary>
/// <param name="Layer">The convolution.</param>
/// <param name="Norm">The batch norm behind it.</param>
/// <param name="Start">The first weight among the parameters.</param>
/// <param name="PaddedOutputs">The distance from one row to the next.</param>
internal sealed record MappedConvolution(ConvLayer Layer, BatchNorm Norm, int Start, int PaddedOutputs)
{
    /// <summary>Gets the numbers of the kernel of an output channel.</summary>
    internal int KernelLength => (int)(Layer.WeightCount / Layer.OutputChannels);

    /// <summary>Copies from a tensor, an output channel for each row.</summary>
    internal void Read(float[] tensor, float[] parameters)
    {
        for (int i = 0; i < tensor.Length; i++)
        {
            parameters[IndexOf(i)] = tensor[i];
        }
    }

    /// <summary>Returns the tensor.</summary>
    internal float[] Write(float[] parameters)
    {
        float[] tensor = new float[Layer.WeightCount];
        for (int i = 0; i < tensor.Length; i++)
        {
            tensor[i] = parameters[IndexOf(i)];
        }

        return tensor;
    }

    private int IndexOf(int tensorIndex) => Start + tensorIndex % KernelLength * PaddedOutputs + tensorIndex / KernelLength;
}

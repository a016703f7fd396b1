using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents a convolution that widens its input, with the batch norm and ReLU6 behind it: expand, the stem, or the last convolution.</summary>
/// <remarks>
/// The convolution is linear: with x its input of n pixels, the statistics of its output follow from those of x, mean μ·W and variance wᵀ·Cov(x)·w.
/// So the batch norm is folded into the weights before the convolution runs, and the widened map need not be written to memory. The same algebra
/// corrects the gradient of x afterwards.
/// </remarks>
internal sealed unsafe class ExpandState
{
    private readonly AlignedMemory _square;
    private readonly AlignedMemory _wide;
    private readonly AlignedMemory _narrow;

    internal ExpandState(ConvLayer layer, int pixels, TrainingKernels kernels, ParameterLayout layout, double epsilon)
    {
        Layer = layer;
        Inputs = layer.InputChannels * layer.KernelSize * layer.KernelSize;
        PaddedInputs = kernels.Padded(Inputs);
        PaddedOutputs = kernels.Padded(layer.OutputChannels);
        Pixels = pixels;
        WeightStart = layout.Add(Inputs * PaddedOutputs);
        Norm = new(layer.BatchNormName, layer.OutputChannels, PaddedOutputs, layout, epsilon);
        Forward = kernels.CreateMatrix(Inputs, layer.OutputChannels);
        Backward = kernels.CreateMatrix(layer.OutputChannels, Inputs);
        Correction = kernels.CreateMatrix(Inputs, Inputs);
        _wide = new(checked((2 * Inputs + 3) * PaddedOutputs));
        _square = new(checked(2 * Inputs * PaddedInputs));
        _narrow = new(3 * PaddedInputs);
    }

    internal ConvLayer Layer { get; }

    /// <summary>Gets the numbers of a pixel of the input; for the stem those of its neighborhood.</summary>
    internal int Inputs { get; }

    internal int PaddedInputs { get; }

    internal int Outputs => Layer.OutputChannels;

    internal int PaddedOutputs { get; }

    /// <summary>Gets the pixels of an image.</summary>
    internal int Pixels { get; }

    /// <summary>Gets where the weights lie among the parameters, shape (inputs, padded outputs).</summary>
    internal int WeightStart { get; }

    internal BatchNorm Norm { get; }

    internal bool IsStem => Layer.KernelSize > 1;

    /// <summary>Gets the weights times the scale of the batch norm.</summary>
    internal PackedMatrix Forward { get; }

    /// <summary>Gets the same transposed.</summary>
    internal PackedMatrix Backward { get; }

    /// <summary>Gets minus the matrix M of the gradient's correction.</summary>
    internal PackedMatrix Correction { get; }

    /// <summary>Gets Cov(x) · W.</summary>
    internal float* CovarianceProduct => _wide.Start;

    /// <summary>Gets W times what the batch norm takes off along its values.</summary>
    internal float* ScaledWeights => _wide.Start + Inputs * PaddedOutputs;

    /// <summary>Gets what the batch norm takes off along its values, for each channel.</summary>
    internal float* CorrectionScale => ScaledWeights + Inputs * PaddedOutputs;

    /// <summary>Gets the means of the output: first of the input as it is stored, then of the input.</summary>
    internal float* OutputMeans => CorrectionScale + PaddedOutputs;

    internal float* Covariance => _square.Start;

    internal float* CorrectionMatrix => _square.Start + Inputs * PaddedInputs;

    /// <summary>Gets the mean of the input as it is stored, which may lack a constant.</summary>
    internal float* StoredMean => _narrow.Start;

    /// <summary>Gets the mean of the input; it follows <see cref="StoredMean"/>.</summary>
    internal float* InputMean => _narrow.Start + PaddedInputs;

    internal float* CorrectionBias => _narrow.Start + 2 * PaddedInputs;
}

using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents a batch norm in training: its running statistics, and the numbers that a step derives from them.</summary>
/// <remarks>
/// Forward it is value · <see cref="Scale"/> + <see cref="Shift"/>. Backward, with the gradient g behind it, the gradient before it is
/// g · <see cref="GradientScale"/> + value · <see cref="ValueScale"/> + <see cref="GradientShift"/> (arXiv:1502.03167, section 3).
/// </remarks>
internal sealed unsafe class BatchNorm
{
    /// <summary>The part of the running statistics that a batch replaces, as in PyTorch.</summary>
    private const double Momentum = 0.1;

    private readonly AlignedMemory _memory;
    private readonly int _padded;
    private readonly double _epsilon;

    /// <param name="name">The name of its tensors.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="padded">The channels with padding.</param>
    /// <param name="layout">Takes the parameters.</param>
    /// <param name="epsilon">The number that is added to a variance.</param>
    internal BatchNorm(string name, int channels, int padded, ParameterLayout layout, double epsilon)
    {
        Name = name;
        Channels = channels;
        ScaleStart = layout.Add(padded);
        ShiftStart = layout.Add(padded);
        _padded = padded;
        _epsilon = epsilon;
        _memory = new(8 * padded);
        RunningMean = new float[padded];
        RunningVariance = new float[padded];
        Array.Fill(RunningVariance, 1);
    }

    internal string Name { get; }

    internal int Channels { get; }

    internal int Padded => _padded;

    /// <summary>Gets where γ lies among the parameters.</summary>
    internal int ScaleStart { get; }

    /// <summary>Gets where β lies among the parameters; where the batch norm is folded, it is the convolution's bias.</summary>
    internal int ShiftStart { get; }

    /// <summary>Gets or sets a value indicating whether the weights have no batch norm: γ is then 1 and no parameter, and β the bias.</summary>
    internal bool IsFolded { get; set; }

    internal float[] RunningMean { get; }

    internal float[] RunningVariance { get; }

    internal float* Scale => _memory.Start;

    internal float* Shift => _memory.Start + _padded;

    internal float* GradientScale => _memory.Start + 2 * _padded;

    internal float* ValueScale => _memory.Start + 3 * _padded;

    internal float* GradientShift => _memory.Start + 4 * _padded;

    /// <summary>Gets 1 / √(variance + ε).</summary>
    internal float* Inverse => _memory.Start + 5 * _padded;

    internal float* Mean => _memory.Start + 6 * _padded;

    /// <summary>Gets the mean of the gradient.</summary>
    internal float* MeanGradient => _memory.Start + 7 * _padded;

    /// <summary>Prepares a channel for values of known statistics.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="variance">The variance.</param>
    /// <param name="leavesShiftOut">Whether β is left out, because the next batch norm takes any constant off again.</param>
    internal void Set(int channel, float* parameters, double mean, double variance, bool leavesShiftOut)
    {
        double inverse = 1 / Math.Sqrt(variance + _epsilon);
        double scale = parameters[ScaleStart + channel] * inverse;
        Mean[channel] = (float)mean;
        Inverse[channel] = (float)inverse;
        Scale[channel] = (float)scale;
        Shift[channel] = (float)((leavesShiftOut ? 0 : parameters[ShiftStart + channel]) - scale * mean);
    }

    /// <summary>Prepares all channels for the running statistics.</summary>
    internal void SetToRunning(float* parameters)
    {
        for (int channel = 0; channel < _padded; channel++)
        {
            Set(channel, parameters, RunningMean[channel], IsFolded ? 1 - _epsilon : RunningVariance[channel], leavesShiftOut: false);
        }
    }

    /// <summary>Moves the running statistics of a channel towards those of a batch.</summary>
    internal void Track(int channel, double mean, double variance, long count)
    {
        RunningMean[channel] += (float)(Momentum * (mean - RunningMean[channel]));
        RunningVariance[channel] += (float)(Momentum * (variance * count / Math.Max(1, count - 1) - RunningVariance[channel]));
    }

    /// <summary>Prepares a channel for values whose sums are known.</summary>
    internal void SetToBatch(int channel, float* parameters, double sum, double squareSum, long count, bool leavesShiftOut)
    {
        double mean = sum / count;
        double variance = Math.Max(0, squareSum / count - mean * mean);
        Track(channel, mean, variance, count);
        Set(channel, parameters, mean, variance, leavesShiftOut);
    }

    /// <summary>Computes the gradients of γ and β, and how the gradient before the batch norm follows from the one behind it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="gradients">Takes the gradients of all parameters.</param>
    /// <param name="sum">The sum of the gradients behind it.</param>
    /// <param name="productSum">The sum of their products with the values before it.</param>
    /// <param name="count">The pixels of the batch; 0 where statistics are frozen.</param>
    internal void SetGradient(int channel, float* gradients, double sum, double productSum, long count)
    {
        double scaleGradient = Inverse[channel] * (productSum - Mean[channel] * sum);
        gradients[ShiftStart + channel] = (float)sum;
        gradients[ScaleStart + channel] = IsFolded ? 0 : (float)scaleGradient;
        double meanGradient = count == 0 ? 0 : sum / count;
        double meanProduct = count == 0 ? 0 : scaleGradient / count;
        GradientScale[channel] = Scale[channel];
        ValueScale[channel] = (float)(-Scale[channel] * Inverse[channel] * meanProduct);
        GradientShift[channel] = (float)(Scale[channel] * (Mean[channel] * Inverse[channel] * meanProduct - meanGradient));
    }
}

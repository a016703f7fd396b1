using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the memory of one part of a pass, which runs at the same time as others.</summary>
internal sealed unsafe class Workspace
{
    private readonly AlignedMemory _memory;
    private readonly AlignedMemory _sums;
    private readonly double[] _totals;
    private readonly double[] _gram;
    private readonly int _widest;
    private readonly WorkspaceSize _size;
    private int _gramPixels;

    /// <param name="size">The numbers in each part.</param>
    /// <param name="gradients">The gradients that this part adds to.</param>
    internal Workspace(WorkspaceSize size, float[] gradients)
    {
        _size = size;
        _widest = size.Channels;
        _memory = new(checked(size.Activations + size.Gradients + size.Differences + size.Patches + size.Zeros));
        _sums = new(checked(2 * size.Channels + size.Gram));
        _totals = new double[2 * size.Channels];
        _gram = new double[size.Gram];
        Gradients = (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref gradients[0]);
        GradientArray = gradients;
    }

    internal float[] GradientArray { get; }

    /// <summary>Gets the sums of the gradients of all parameters over this part's images.</summary>
    internal float* Gradients { get; }

    /// <summary>Gets activations of a tile or band.</summary>
    internal float* Activations => _memory.Start;

    /// <summary>Gets the gradients before the activations.</summary>
    internal float* ActivationGradients => _memory.Start + _size.Activations;

    /// <summary>Gets the gradients behind a convolution.</summary>
    internal float* Differences => _memory.Start + _size.Activations + _size.Gradients;

    internal float* Patches => _memory.Start + _size.Activations + _size.Gradients + _size.Differences;

    internal float* Zeros => _memory.Start + _size.Activations + _size.Gradients + _size.Differences + _size.Patches;

    internal float* Sums => _sums.Start;

    internal float* ProductSums => _sums.Start + _widest;

    private float* Gram => _sums.Start + 2 * _widest;

    /// <summary>Ends the sums of a tile, which are float32: they are added to those of the pass, or dropped.</summary>
    internal void EndSums(int channels, bool isKept)
    {
        for (int channel = 0; channel < channels && isKept; channel++)
        {
            _totals[channel] += Sums[channel];
            _totals[_widest + channel] += ProductSums[channel];
        }

        new Span<float>(Sums, channels).Clear();
        new Span<float>(ProductSums, channels).Clear();
    }

    /// <summary>Returns the sums of a channel and clears them.</summary>
    internal (double Sum, double ProductSum) TakeSums(int channel)
    {
        (double, double) sums = (_totals[channel], _totals[_widest + channel]);
        _totals[channel] = _totals[_widest + channel] = 0;
        return sums;
    }

    /// <summary>Adds the products of all pairs of channels, summed over pixels.</summary>
    internal void AddGram(TrainingKernels kernels, PixelRun pixels, int channels)
    {
        const int MostPixelsInSinglePrecision = 2048;
        kernels.MultiplyTransposed(new()
        {
            Left = pixels.Pointer,
            LeftStride = pixels.Stride,
            LeftColumns = channels,
            Right = pixels.Pointer,
            RightStride = pixels.Stride,
            RightColumns = pixels.Channels,
            Pixels = pixels.Count,
            Output = Gram,
            OutputStride = pixels.Channels,
        });
        _gramPixels += pixels.Count;
        if (_gramPixels > MostPixelsInSinglePrecision)
        {
            FlushGram(channels * pixels.Channels);
        }
    }

    internal void FlushGram(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _gram[i] += Gram[i];
            Gram[i] = 0;
        }

        _gramPixels = 0;
    }

    internal double TakeGram(int index)
    {
        double sum = _gram[index];
        _gram[index] = 0;
        return sum;
    }
}

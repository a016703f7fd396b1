using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the last convolution in training, and the mean over pixels behind it.</summary>
internal sealed unsafe class LastState
{
    private readonly AlignedMemory _input;
    private readonly AlignedMemory _features;
    private readonly AlignedMemory _activations;

    internal LastState(ExpandState expand, int batchSize)
    {
        Expand = expand;
        Stride = AlignedMemory.OddLines(expand.PaddedOutputs);
        _input = new(checked(batchSize * expand.Pixels * expand.PaddedInputs));
        _activations = new(checked(batchSize * expand.Pixels * Stride));
        _features = new(checked(2 * batchSize * expand.PaddedOutputs));
    }

    internal ExpandState Expand { get; }

    internal int Stride { get; }

    internal float* Input => _input.Start;

    /// <summary>Returns the activations of an image, kept for the backward pass.</summary>
    internal float* ActivationsOf(int image) => _activations.Start + (nint)image * Expand.Pixels * Stride;

    internal float* FeaturesOf(int image) => _features.Start + (nint)image * Expand.PaddedOutputs;

    internal float* GradientOf(int image) => _features.Start + _features.Count / 2 + (nint)image * Expand.PaddedOutputs;
}

using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the channels of a block as they lie in memory, padded to whole registers.</summary>
/// <param name="Inputs">Numbers of a pixel of the input; for the stem those of its neighborhood.</param>
/// <param name="PaddedInputs">The same, padded.</param>
/// <param name="Expanded">Channels of the widened map.</param>
/// <param name="PaddedExpanded">The same, padded.</param>
/// <param name="PaddedOutputs">Channels of the output, padded.</param>
internal readonly record struct BlockWidths(int Inputs, int PaddedInputs, int Expanded, int PaddedExpanded, int PaddedOutputs)
{
    /// <summary>The inputs from which on it is cheaper to read the widened map than to compute it again.</summary>
    private const int FewestInputsToKeep = 48;

    /// <summary>Gets a value indicating whether the widened map is kept for the backward pass.</summary>
    internal bool KeepsActivations => Inputs >= FewestInputsToKeep;

    /// <summary>Gets the distance from one pixel of a tile of the widened map to the next: an odd number of cache lines, spread over all of the cache.</summary>
    internal int Stride => AlignedMemory.OddLines(PaddedExpanded);

    internal static BlockWidths Of(BlockPlan plan, TrainingKernels kernels) => Of(plan.Produce, plan.Project.OutputChannels, kernels);

    /// <summary>Returns the channels of the last convolution, which nothing follows.</summary>
    internal static BlockWidths OfLast(ConvLayer last, TrainingKernels kernels) => Of(last, outputs: 0, kernels);

    private static BlockWidths Of(ConvLayer expand, int outputs, TrainingKernels kernels)
    {
        int inputs = expand.InputChannels * expand.KernelSize * expand.KernelSize;
        return new(inputs, kernels.Padded(inputs), expand.OutputChannels, kernels.Padded(expand.OutputChannels), kernels.Padded(outputs));
    }
}

using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents an inverted residual in training: its parameters, and what the forward pass keeps for the backward pass.</summary>
internal sealed unsafe class BlockState
{
    private readonly AlignedMemory _depthwiseOutput;
    private readonly AlignedMemory _projectOutput;
    private readonly AlignedMemory? _input;
    private readonly AlignedMemory? _activations;

    internal BlockState(BlockPlan plan, int batchSize, TrainingKernels kernels, ParameterLayout layout, double epsilon)
    {
        Plan = plan;
        Expand = new(plan.Produce, plan.Size * plan.Size, kernels, layout, epsilon);
        Widths = BlockWidths.Of(plan, kernels);
        DepthwiseStart = layout.Add(9 * Expand.PaddedOutputs);
        DepthwiseNorm = new(plan.Depthwise.BatchNormName, plan.Depthwise.OutputChannels, Expand.PaddedOutputs, layout, epsilon);
        ProjectPadded = kernels.Padded(plan.Project.OutputChannels);
        ProjectStart = layout.Add(Expand.Outputs * ProjectPadded);
        ProjectNorm = new(plan.Project.BatchNormName, plan.Project.OutputChannels, ProjectPadded, layout, epsilon);
        ProjectForward = kernels.CreateMatrix(Expand.Outputs, plan.Project.OutputChannels);
        ProjectBackward = kernels.CreateMatrix(plan.Project.OutputChannels, Expand.Outputs);
        int pixels = checked(batchSize * OutputPixels);
        _depthwiseOutput = new(checked(pixels * Expand.PaddedOutputs));
        _projectOutput = new(checked(pixels * ProjectPadded));
        _activations = Widths.KeepsActivations ? new(checked(batchSize * Expand.Pixels * Stride)) : null;
        _input = plan.IsFirst ? null : new(checked(batchSize * Expand.Pixels * Expand.PaddedInputs));
    }

    internal BlockPlan Plan { get; }

    internal ExpandState Expand { get; }

    internal BlockWidths Widths { get; }

    /// <summary>Gets the distance from one pixel of a tile of the widened map to the next.</summary>
    internal int Stride => Widths.Stride;

    internal int DepthwiseStart { get; }

    internal BatchNorm DepthwiseNorm { get; }

    internal int ProjectStart { get; }

    internal int ProjectPadded { get; }

    internal BatchNorm ProjectNorm { get; }

    internal PackedMatrix ProjectForward { get; }

    internal PackedMatrix ProjectBackward { get; }

    /// <summary>Gets the pixels of an image behind the depthwise convolution.</summary>
    internal int OutputPixels => Plan.OutputSize * Plan.OutputSize;

    /// <summary>Gets the input of all images; for the first block, which starts from images, null.</summary>
    internal float* Input => _input is null ? null : _input.Start;

    /// <summary>Gets a value indicating whether the widened maps are kept for the backward pass, rather than computed again.</summary>
    internal bool KeepsActivations => _activations is not null;

    /// <summary>Gets the rows of a widened map that are in memory at once.</summary>
    internal int RingRows => KeepsActivations ? Plan.Size : Plan.RingRows;

    /// <summary>Gets the output of the depthwise convolution before its batch norm.</summary>
    internal float* DepthwiseOutput => _depthwiseOutput.Start;

    /// <summary>Gets the output of the projection before its batch norm.</summary>
    internal float* ProjectOutput => _projectOutput.Start;

    /// <summary>Returns where rows of the widened map of an image go: the ring is that of the part, unless they are kept.</summary>
    internal float* ActivationsOf(int image, Workspace workspace) =>
        _activations is null ? workspace.Activations : _activations.Start + (nint)image * Expand.Pixels * Stride;
}

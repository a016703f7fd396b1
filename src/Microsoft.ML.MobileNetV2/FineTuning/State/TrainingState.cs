using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents all memory of a network in training: parameters, gradients, and what a step keeps from the forward to the backward pass.</summary>
internal sealed unsafe class TrainingState
{
    /// <summary>Numbers of a map that a pass leaves in the caches for the next one: 2 MiB.</summary>
    private const int LargestCachedMap = 512 * 1024;

    private readonly AlignedMemory[] _mapGradients;

    /// <summary>Allocates the memory.</summary>
    /// <param name="shape">What is trained.</param>
    /// <param name="kernels">The kernels.</param>
    /// <exception cref="NotSupportedException">Training would start with the stem of a network whose first block has a shortcut.</exception>
    internal TrainingState(TrainingShape shape, TrainingKernels kernels)
    {
        Shape = shape;
        Kernels = kernels;
        Plan = NetworkPlan.Create(shape.Architecture, shape.Padding, shape.InputSize, kernels.Lanes, keepsMap: false);
        if (shape.FirstBlock == 0 && Plan.Blocks[0].HasShortcut)
        {
            throw new NotSupportedException(FormattableString.Invariant(
                $"The first block of a network of width {shape.Architecture.WidthMultiplier} adds its input, which the fused stem does not keep. Leave the stem and the first block frozen."));
        }

        ParameterLayout layout = new();
        Blocks = [.. Plan.Blocks.Skip(shape.FirstBlock).Select(block => new BlockState(block, shape.BatchSize, kernels, layout, shape.Epsilon))];
        Last = new(new ExpandState(Plan.Last, Plan.MapPixels, kernels, layout, shape.Epsilon), shape.BatchSize);
        Parameters = GC.AllocateArray<float>(layout.Count, pinned: true);
        Gradients = GC.AllocateArray<float>(layout.Count, pinned: true);
        WorkspaceSize size = WorkspaceSize.Of(Plan, shape.FirstBlock, kernels);
        Workspaces = [.. Enumerable.Range(0, shape.PartCount).Select(part =>
            new Workspace(size, part == 0 ? Gradients : GC.AllocateArray<float>(layout.Count, pinned: true)))];
        int largestMap = Blocks.Where(block => !block.Plan.IsFirst)
            .Select(block => block.Expand.Pixels * block.Expand.PaddedInputs)
            .Append(Last.Expand.Pixels * Last.Expand.PaddedInputs)
            .Max();
        _mapGradients = [new(checked(shape.BatchSize * largestMap)), new(checked(shape.BatchSize * largestMap))];
        if (Blocks.Length > 0 && Blocks[0].Plan.IsFirst)
        {
            Images = new float[checked(shape.BatchSize * 3 * shape.InputSize * shape.InputSize)];
        }
    }

    internal TrainingShape Shape { get; }

    internal TrainingKernels Kernels { get; }

    internal NetworkPlan Plan { get; }

    internal BlockState[] Blocks { get; }

    internal LastState Last { get; }

    internal float[] Parameters { get; }

    internal float[] Gradients { get; }

    internal Workspace[] Workspaces { get; }

    /// <summary>Gets the images of a batch, shape (images, 3, size, size), where training starts with the stem; otherwise empty.</summary>
    internal float[] Images { get; } = [];

    /// <summary>Gets or sets the threads of the step.</summary>
    internal TrainingTeam Team { get; set; } = null!;

    /// <summary>Gets or sets the number of images in the batch.</summary>
    internal int ImageCount { get; set; }

    /// <summary>Gets or sets a value indicating whether batch norm takes its statistics from the batch.</summary>
    internal bool UsesBatchStatistics { get; set; }

    internal float* ParametersStart => (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref Parameters[0]);

    internal float* GradientsStart => (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref Gradients[0]);

    /// <summary>Gets zeros, as many as the widest row has numbers.</summary>
    internal float* Zeros => Workspaces[0].Zeros;

    /// <summary>Gets the gradient of the map behind the block that is being worked on.</summary>
    internal float* OutputGradient => _mapGradients[0].Start;

    /// <summary>Gets the gradient of the map before it.</summary>
    internal float* InputGradient => _mapGradients[1].Start;

    /// <summary>Gets every convolution that has a batch norm of its own behind it, with that.</summary>
    internal IEnumerable<BatchNorm> BatchNorms => Blocks
        .SelectMany(block => new[] { block.Expand.Norm, block.DepthwiseNorm, block.ProjectNorm })
        .Append(Last.Expand.Norm);

    /// <summary>Makes the gradient before a block the one behind the block below.</summary>
    internal void MoveDown() => (_mapGradients[0], _mapGradients[1]) = (_mapGradients[1], _mapGradients[0]);

    /// <summary>Returns what follows a block's output.</summary>
    /// <param name="index">The index of the block among those in training; −1 for the input of the first.</param>
    internal ExpandState ExpandAfter(int index) => index + 1 < Blocks.Length ? Blocks[index + 1].Expand : Last.Expand;

    /// <summary>Returns where a block's output goes.</summary>
    internal float* OutputOf(int index) => index + 1 < Blocks.Length ? Blocks[index + 1].Input : Last.Input;

    /// <summary>Returns whether the map behind a block's depthwise convolution is too large for the caches to keep until the next pass.</summary>
    internal bool IsStreamed(BlockState block) => (long)ImageCount * block.OutputPixels * block.Expand.PaddedOutputs > LargestCachedMap;

    /// <summary>Returns the images of a part.</summary>
    internal (int First, int End) ImagesOf(int part) =>
        ((int)((long)ImageCount * part / Workspaces.Length), (int)((long)ImageCount * (part + 1) / Workspaces.Length));

    /// <summary>Returns the sums of a channel over all parts, and clears them.</summary>
    internal (double Sum, double ProductSum) TakeSums(int channel)
    {
        double sum = 0, productSum = 0;
        foreach (Workspace workspace in Workspaces)
        {
            (double partSum, double partProductSum) = workspace.TakeSums(channel);
            sum += partSum;
            productSum += partProductSum;
        }

        return (sum, productSum);
    }
}

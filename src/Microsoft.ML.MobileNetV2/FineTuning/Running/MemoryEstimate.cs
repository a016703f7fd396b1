using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents how much memory a fine-tuning takes, before any of it is allocated. What images and labels take is not in it.</summary>
/// <param name="Fixed">Bytes that do not depend on the batch: parameters, their gradients, what the optimizer remembers, and copies of weights.</param>
/// <param name="PerImage">Bytes of each image in a batch.</param>
internal readonly record struct MemoryEstimate(long Fixed, long PerImage)
{
    /// <summary>The weights now, after the best epoch, and as they are written.</summary>
    private const int Snapshots = 3;

    /// <summary>Estimates a training.</summary>
    /// <param name="shape">What is trained.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="stateCount">Numbers that are kept for each parameter by optimizer, averages and sums.</param>
    internal static MemoryEstimate Of(TrainingShape shape, TrainingKernels kernels, int stateCount)
    {
        NetworkPlan plan = NetworkPlan.Create(shape.Architecture, shape.Padding, shape.InputSize, kernels.Lanes, keepsMap: false);
        var last = BlockWidths.OfLast(plan.Last, kernels);
        long parameters = ExpandParameters(last);
        long derived = ExpandDerived(last);
        long image = plan.MapPixels * ((long)last.PaddedInputs + last.Stride) + 2 * last.PaddedExpanded;
        long largestMap = plan.MapPixels * (long)last.PaddedInputs;
        foreach (BlockPlan block in plan.Blocks.Skip(shape.FirstBlock))
        {
            var widths = BlockWidths.Of(block, kernels);
            long input = block.IsFirst ? 3L * shape.InputSize * shape.InputSize : (long)block.Size * block.Size * widths.PaddedInputs;
            parameters += ExpandParameters(widths) + BlockParameters(widths);
            derived += ExpandDerived(widths) + 2L * widths.PaddedExpanded * widths.PaddedOutputs;
            image += (long)block.OutputSize * block.OutputSize * (widths.PaddedExpanded + widths.PaddedOutputs) + input;
            image += widths.KeepsActivations ? (long)block.Size * block.Size * widths.Stride : 0;
            largestMap = Math.Max(largestMap, block.IsFirst ? 0 : input);
        }

        WorkspaceSize size = WorkspaceSize.Of(plan, shape.FirstBlock, kernels);
        long workspace = (long)size.Activations + size.Gradients + size.Differences + size.Patches + size.Zeros + 3L * size.Gram;
        return new(
            sizeof(float) * (parameters * (1 + shape.PartCount + stateCount + Snapshots) + derived + shape.PartCount * workspace),
            sizeof(float) * (image + 2 * largestMap));
    }

    /// <summary>Returns the bytes of a training.</summary>
    internal long Of(int batchSize) => Fixed + batchSize * PerImage;

    /// <summary>Returns the largest batch whose training fits; 0 where not even one image does.</summary>
    internal int LargestBatch(long available) => (int)Math.Clamp((available - Fixed) / PerImage, 0, int.MaxValue);

    private static long ExpandParameters(BlockWidths widths) => (long)AlignedMemory.RoundUp(widths.Inputs * widths.PaddedExpanded) + 2 * widths.PaddedExpanded;

    /// <summary>Counts the depthwise convolution and the projection.</summary>
    private static long BlockParameters(BlockWidths widths) =>
        (9L + 2) * widths.PaddedExpanded + (widths.Expanded + 2L) * widths.PaddedOutputs;

    /// <summary>Counts what is packed or derived from the weights of a convolution that widens.</summary>
    private static long ExpandDerived(BlockWidths widths) => 4L * widths.PaddedInputs * widths.PaddedExpanded + 3L * widths.Inputs * widths.PaddedInputs;
}

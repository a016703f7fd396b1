using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents how a network of an input size runs: the blocks, and the memory that a run needs. Immutable.</summary>
internal sealed class NetworkPlan
{
    private NetworkPlan(int inputSize, ConvLayer last, BlockPlan[] blocks, int lanes, bool keepsMap)
    {
        InputSize = inputSize;
        Last = last;
        Blocks = blocks;
        KeepsMap = keepsMap;
        Layout = new(this, lanes, keepsMap);
    }

    internal int InputSize { get; }

    internal BlockPlan[] Blocks { get; }

    /// <summary>Gets the last convolution.</summary>
    internal ConvLayer Last { get; }

    /// <summary>Gets the pixels of the last feature map.</summary>
    internal int MapPixels => Blocks[^1].OutputSize * Blocks[^1].OutputSize;

    /// <summary>Gets a value indicating whether the last feature map is the output, rather than its mean over the pixels.</summary>
    internal bool KeepsMap { get; }

    internal ArenaLayout Layout { get; }

    /// <summary>Gets the products that the network adds up.</summary>
    internal long MultiplyAdds => Blocks.Sum(block => block.MultiplyAdds) + ((long)Last.WeightCount * MapPixels);

    /// <summary>Returns which of the two maps takes the output of a block. The next one reads it there.</summary>
    internal static int OutputMap(int block) => (block + 1) % 2;

    /// <summary>Plans a network.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="padding">How the 3×3 convolutions pad.</param>
    /// <param name="inputSize">Height and width of the input in pixels.</param>
    /// <param name="lanes">Numbers in a register.</param>
    /// <param name="keepsMap">Whether the last feature map is the output.</param>
    internal static NetworkPlan Create(MobileNetV2Architecture architecture, PaddingConvention padding, int inputSize, int lanes, bool keepsMap)
    {
        MobileNetV2Architecture.RequireInputSize(inputSize, nameof(inputSize));
        BlockPlanner planner = new(padding, lanes, inputSize);
        foreach (NetworkStep step in architecture.Steps)
        {
            planner.Add(step);
        }

        return new(inputSize, planner.Last!, [.. planner.Blocks], lanes, keepsMap);
    }
}

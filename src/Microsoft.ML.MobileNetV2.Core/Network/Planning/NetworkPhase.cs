namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents a step of a network that several threads do together, before any of them begins with the next one.</summary>
/// <param name="Kind">How they divide it.</param>
/// <param name="Index">The index of the block; for the last convolution the number of blocks.</param>
/// <param name="Block">The plan of the block; null for the last convolution.</param>
internal sealed record NetworkPhase(NetworkPhaseKind Kind, int Index, BlockPlan? Block)
{
    /// <summary>
    /// Widened rows that are made twice, as a fraction of all, above which a block is divided by channels: that has no row twice, but waits twice, and
    /// the projection reads what other cores have written.
    /// </summary>
    private const double MostRowsTwice = 0.35;

    /// <summary>Returns the phases of a network.</summary>
    /// <param name="plan">How the network runs.</param>
    /// <param name="threadCount">The number of threads.</param>
    internal static NetworkPhase[] Divide(NetworkPlan plan, int threadCount) =>
    [
        .. plan.Blocks.SelectMany((block, index) => Divide(block, index, threadCount)),
        new NetworkPhase(NetworkPhaseKind.Last, plan.Blocks.Length, null),
    ];

    private static NetworkPhase[] Divide(BlockPlan block, int index, int threadCount)
    {
        bool isByRows = block.IsFirst || block.RowsOfPart(threadCount) * threadCount <= (1 + MostRowsTwice) * block.Size;
        BlockPlan whole = block.InOneTile();
        return isByRows
            ? [new(NetworkPhaseKind.Rows, index, block)]
            : [new(NetworkPhaseKind.Widen, index, whole), new(NetworkPhaseKind.Project, index, whole)];
    }
}

using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents how a block runs: its shapes, and how many rows of it are in memory at once.</summary>
/// <remarks>
/// Rows of the widened map are made for one tile of output rows after the other. They lie in a ring, in which the rows that two tiles share stay.
/// </remarks>
internal sealed record BlockPlan
{
    /// <summary>Gets the convolution that makes the widened map: expand, or the stem before the block without expansion.</summary>
    internal required ConvLayer Produce { get; init; }

    internal required ConvLayer Depthwise { get; init; }

    internal required ConvLayer Project { get; init; }

    internal required bool HasShortcut { get; init; }

    /// <summary>Gets the height and width of the input of <see cref="Produce"/>.</summary>
    internal required int SourceSize { get; init; }

    /// <summary>Gets the zeros before the first pixel of the input of <see cref="Produce"/>.</summary>
    internal required int SourcePadding { get; init; }

    /// <summary>Gets the height and width of the widened map.</summary>
    internal required int Size { get; init; }

    /// <summary>Gets the height and width of the output.</summary>
    internal required int OutputSize { get; init; }

    /// <summary>Gets the output rows of a tile.</summary>
    internal required int TileRows { get; init; }

    /// <summary>Gets the rows of the widened map that are in memory.</summary>
    internal required int RingRows { get; init; }

    /// <summary>Gets the zeros before the first pixel and after the last one that the depthwise convolution sees.</summary>
    internal required (int Before, int After) Padding { get; init; }

    /// <summary>Gets a value indicating whether the block begins with the stem.</summary>
    internal bool IsFirst => Produce.KernelSize > 1;

    /// <summary>Gets a value indicating whether the input, which is a map, is added to the output.</summary>
    internal bool AddsInput => HasShortcut && !IsFirst;

    /// <summary>Gets the products that the block adds up.</summary>
    internal long MultiplyAdds => ((long)Produce.WeightCount * Size * Size) + ((long)(Depthwise.WeightCount + Project.WeightCount) * OutputSize * OutputSize);

    /// <summary>Returns the plan of the block in one tile.</summary>
    internal BlockPlan InOneTile() => this with { TileRows = OutputSize, RingRows = Size };

    /// <summary>Returns how many rows of the widened map the middle one of so many parts of the output needs.</summary>
    internal int RowsOfPart(int partCount) => Math.Min(Size, ((OutputSize + partCount - 1) / partCount - 1) * Depthwise.Stride + Depthwise.KernelSize);
}

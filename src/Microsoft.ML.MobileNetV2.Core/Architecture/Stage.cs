namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Represents one row of Table 2 of the paper (arXiv:1801.04381): a run of <see cref="InvertedResidual"/> blocks.</summary>
/// <param name="ExpansionFactor">Hidden channels for each input channel (t).</param>
/// <param name="Channels">Output channels at width multiplier 1.0 (c).</param>
/// <param name="Repeats">Number of blocks (n).</param>
/// <param name="Stride">Stride of the first block (s); the others have stride 1.</param>
internal sealed record Stage(int ExpansionFactor, int Channels, int Repeats, int Stride)
{
    /// <summary>Output channels of the stem at width multiplier 1.0.</summary>
    internal const int StemChannels = 32;

    /// <summary>Output channels of the last convolution at width multipliers up to 1.0.</summary>
    internal const int LastChannels = 1280;

    /// <summary>Gets the seven rows of bottleneck stages of Table 2, in order.</summary>
    internal static IReadOnlyList<Stage> Table { get; } =
    [
        //  t,  c,   n, s
        new(1, 16, 1, 1),
        new(6, 24, 2, 2),
        new(6, 32, 3, 2),
        new(6, 64, 4, 2),
        new(6, 96, 3, 1),
        new(6, 160, 3, 2),
        new(6, 320, 1, 1),
    ];
}

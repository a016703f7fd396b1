using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the names of networks that write each block as one flat sequence, as tonylins/pytorch-mobilenet-v2 and d-li14/mobilenetv2.pytorch do.</summary>
/// <param name="last">Name of the sequence with the last convolution.</param>
internal sealed class FlatNaming(string last) : CheckpointNaming
{
    internal override IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    protected override IEnumerable<(string Weight, string Bias)> Classifiers => [];

    protected override LayerName NameOf(ConvRole role) =>
        role == ConvRole.Stem ? LayerName.Torch("features.0.0", "features.0.1") : LayerName.Torch($"{last}.0", $"{last}.1");

    /// <summary>Returns the names of a convolution in a block: convolution, batch norm and activation have a number each.</summary>
    protected override LayerName NameOf(ConvRole role, InvertedResidual block)
    {
        const int NumbersOfConv = 3;
        int place = role switch
        {
            ConvRole.Expand => 0,
            ConvRole.Depthwise => block.Expand is null ? 0 : NumbersOfConv,
            _ => block.Expand is null ? NumbersOfConv : 2 * NumbersOfConv,
        };
        string prefix = FormattableString.Invariant($"features.{block.Index + 1}.conv");
        return LayerName.Torch(FormattableString.Invariant($"{prefix}.{place}"), FormattableString.Invariant($"{prefix}.{place + 1}"));
    }
}

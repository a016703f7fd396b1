using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the names of Hugging Face's <c>MobileNetV2Model</c>, whose weights are Google's: its first block belongs to the stem there.</summary>
internal sealed class HuggingFaceNaming : CheckpointNaming
{
    internal override IReadOnlyDictionary<string, string> Metadata => TensorFlowWeights.Metadata;

    protected override IEnumerable<(string Weight, string Bias)> Classifiers => [];

    protected override LayerName NameOf(ConvRole role) => Layer(role == ConvRole.Stem ? "conv_stem.first_conv" : "conv_1x1");

    protected override LayerName NameOf(ConvRole role, InvertedResidual block)
    {
        string prefix = block.Index == 0 ? "conv_stem" : FormattableString.Invariant($"layer.{block.Index - 1}");
        return Layer(role switch
        {
            ConvRole.Expand => $"{prefix}.expand_1x1",
            ConvRole.Depthwise => $"{prefix}.conv_3x3",
            _ => $"{prefix}.reduce_1x1",
        });
    }

    private static LayerName Layer(string name) => LayerName.Torch($"{name}.convolution", $"{name}.normalization");
}

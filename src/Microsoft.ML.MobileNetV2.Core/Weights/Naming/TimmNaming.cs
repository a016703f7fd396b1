using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>
/// Represents the names of timm's <c>mobilenetv2_*</c> models: blocks counted by stage, steps called <c>conv_pw</c>, <c>conv_dw</c> and
/// <c>conv_pwl</c>.
/// </summary>
internal sealed class TimmNaming : CheckpointNaming
{
    internal override IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>
    {
        ["padding"] = "symmetric",
        ["batch_norm_epsilon"] = "1e-5",
        ["interpolation"] = nameof(ImageInterpolation.Bicubic),
    };

    protected override IEnumerable<(string Weight, string Bias)> Classifiers => [("classifier.weight", "classifier.bias")];

    protected override LayerName NameOf(ConvRole role) =>
        role == ConvRole.Stem ? LayerName.Torch("conv_stem", "bn1") : LayerName.Torch("conv_head", "bn2");

    protected override LayerName NameOf(ConvRole role, InvertedResidual block) => (role, block.Expand) switch
    {
        (ConvRole.Depthwise, null) => Layer(block, "conv_dw", 1),
        (ConvRole.Project, null) => Layer(block, "conv_pw", 2),
        (ConvRole.Expand, _) => Layer(block, "conv_pw", 1),
        (ConvRole.Depthwise, _) => Layer(block, "conv_dw", 2),
        _ => Layer(block, "conv_pwl", 3),
    };

    private static LayerName Layer(InvertedResidual block, string conv, int batchNorm)
    {
        string prefix = FormattableString.Invariant($"blocks.{block.Stage}.{block.Repeat}");
        return LayerName.Torch($"{prefix}.{conv}", FormattableString.Invariant($"{prefix}.bn{batchNorm}"));
    }
}

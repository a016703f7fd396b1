namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>The names of timm's <c>mobilenetv2_*</c> models: blocks counted by stage, steps called <c>conv_pw</c>, <c>conv_dw</c> and <c>conv_pwl</c>.</summary>
internal sealed class TimmNaming : CheckpointNaming
{
    internal override IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>
    {
        ["padding"] = "symmetric",
        ["batch_norm_epsilon"] = "1e-5",
        ["interpolation"] = nameof(ImageInterpolation.Bicubic),
    };

    protected override LayerName Stem => LayerName.Torch("conv_stem", "bn1");

    protected override LayerName LastConvolution => LayerName.Torch("conv_head", "bn2");

    protected override IEnumerable<(string Weight, string Bias)> Classifiers => [("classifier.weight", "classifier.bias")];

    protected override (LayerName Expand, LayerName Depthwise, LayerName Project) Block(int index, int stage, int repeat)
    {
        string block = FormattableString.Invariant($"blocks.{stage}.{repeat}");
        return index == 0
            ? (Step(block, "conv_pw", 1), Step(block, "conv_dw", 1), Step(block, "conv_pw", 2))
            : (Step(block, "conv_pw", 1), Step(block, "conv_dw", 2), Step(block, "conv_pwl", 3));
    }

    private static LayerName Step(string block, string conv, int batchNorm) =>
        LayerName.Torch($"{block}.{conv}", FormattableString.Invariant($"{block}.bn{batchNorm}"));
}

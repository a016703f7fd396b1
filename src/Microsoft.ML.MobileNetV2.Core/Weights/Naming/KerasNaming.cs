using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the names of <c>keras.applications.MobileNetV2</c>: <c>layer/weight</c>.</summary>
internal sealed class KerasNaming : CheckpointNaming
{
    private const string VariableSuffix = ":0";

    internal override IReadOnlyDictionary<string, string> Metadata => TensorFlowWeights.Metadata;

    internal override bool IsTensorFlow => true;

    /// <summary>Gets the classifier's names; the first versions of Keras called it "Logits".</summary>
    protected override IEnumerable<(string Weight, string Bias)> Classifiers =>
        [("predictions/kernel", "predictions/bias"), ("Logits/kernel", "Logits/bias")];

    internal override string Canonical(string fileName) =>
        fileName.EndsWith(VariableSuffix, StringComparison.Ordinal) ? fileName[..^VariableSuffix.Length] : fileName;

    internal override bool IsOfBackbone(string fileName) => Array.Exists(
        (string[])["Conv1", "bn_Conv1", "Conv_1", "expanded_conv", "block_"], start => fileName.StartsWith(start, StringComparison.Ordinal));

    protected override LayerName NameOf(ConvRole role) =>
        role == ConvRole.Stem ? Layer("Conv1", "kernel", "bn_Conv1") : Layer("Conv_1", "kernel", "Conv_1_bn");

    protected override LayerName NameOf(ConvRole role, InvertedResidual block)
    {
        string prefix = block.Index == 0 ? "expanded_conv" : FormattableString.Invariant($"block_{block.Index}");
        return role switch
        {
            ConvRole.Expand => Layer($"{prefix}_expand", "kernel", $"{prefix}_expand_BN"),
            ConvRole.Depthwise => Layer($"{prefix}_depthwise", "depthwise_kernel", $"{prefix}_depthwise_BN"),
            _ => Layer($"{prefix}_project", "kernel", $"{prefix}_project_BN"),
        };
    }

    private static LayerName Layer(string name, string weight, string batchNorm) => LayerName.TensorFlow($"{name}/{weight}", $"{name}/bias", batchNorm);
}

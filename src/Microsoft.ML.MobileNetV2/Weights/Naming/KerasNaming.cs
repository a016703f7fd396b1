namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>The names of <c>keras.applications.MobileNetV2</c>: <c>layer/weight</c>.</summary>
internal sealed class KerasNaming : CheckpointNaming
{
    private const string VariableSuffix = ":0";

    internal override IReadOnlyDictionary<string, string> Metadata => TensorFlowWeights.Metadata;

    protected override bool IsTensorFlow => true;

    protected override LayerName Stem => Layer("Conv1", "kernel", "bn_Conv1");

    protected override LayerName LastConvolution => Layer("Conv_1", "kernel", "Conv_1_bn");

    /// <summary>Gets the classifier's names; the first versions of Keras called it "Logits".</summary>
    protected override IEnumerable<(string Weight, string Bias)> Classifiers =>
        [("predictions/kernel", "predictions/bias"), ("Logits/kernel", "Logits/bias")];

    internal override string Canonical(string fileName) =>
        fileName.EndsWith(VariableSuffix, StringComparison.Ordinal) ? fileName[..^VariableSuffix.Length] : fileName;

    protected override (LayerName Expand, LayerName Depthwise, LayerName Project) Block(int index, int stage, int repeat)
    {
        string block = index == 0 ? "expanded_conv" : FormattableString.Invariant($"block_{index}");
        return (
            Layer($"{block}_expand", "kernel", $"{block}_expand_BN"),
            Layer($"{block}_depthwise", "depthwise_kernel", $"{block}_depthwise_BN"),
            Layer($"{block}_project", "kernel", $"{block}_project_BN"));
    }

    private static LayerName Layer(string name, string weight, string batchNorm) => LayerName.TensorFlow($"{name}/{weight}", $"{name}/bias", batchNorm);
}

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>The names of TF-slim's checkpoints, below the scope <c>MobilenetV2</c>.</summary>
internal sealed class SlimNaming : CheckpointNaming
{
    private const string Scope = "MobilenetV2/";

    internal override IReadOnlyDictionary<string, string> Metadata => TensorFlowWeights.Metadata;

    protected override bool IsTensorFlow => true;

    protected override LayerName Stem => Layer($"{Scope}Conv", "weights");

    protected override LayerName LastConvolution => Layer($"{Scope}Conv_1", "weights");

    protected override IEnumerable<(string Weight, string Bias)> Classifiers =>
        [($"{Scope}Logits/Conv2d_1c_1x1/weights", $"{Scope}Logits/Conv2d_1c_1x1/biases")];

    protected override (LayerName Expand, LayerName Depthwise, LayerName Project) Block(int index, int stage, int repeat)
    {
        string block = index == 0 ? $"{Scope}expanded_conv" : FormattableString.Invariant($"{Scope}expanded_conv_{index}");
        return (Layer($"{block}/expand", "weights"), Layer($"{block}/depthwise", "depthwise_weights"), Layer($"{block}/project", "weights"));
    }

    internal override bool IsTrainingState(string fileName) =>
        fileName == "global_step"
        || fileName.EndsWith("/ExponentialMovingAverage", StringComparison.Ordinal)
        || fileName.Contains("/RMSProp", StringComparison.Ordinal)
        || fileName.EndsWith("/Momentum", StringComparison.Ordinal);

    private static LayerName Layer(string name, string weight) => LayerName.TensorFlow($"{name}/{weight}", $"{name}/biases", $"{name}/BatchNorm");
}

using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the names of TF-slim's checkpoints, below the scope <c>MobilenetV2</c>.</summary>
internal sealed class SlimNaming : CheckpointNaming
{
    private const string Scope = "MobilenetV2/";

    internal override IReadOnlyDictionary<string, string> Metadata => TensorFlowWeights.Metadata;

    internal override bool IsTensorFlow => true;

    protected override IEnumerable<(string Weight, string Bias)> Classifiers =>
        [($"{Scope}Logits/Conv2d_1c_1x1/weights", $"{Scope}Logits/Conv2d_1c_1x1/biases")];

    internal override bool IsOfBackbone(string fileName) =>
        fileName.StartsWith(Scope, StringComparison.Ordinal) && !fileName.StartsWith($"{Scope}Logits/", StringComparison.Ordinal);

    internal override bool IsTrainingState(string fileName) =>
        fileName == "global_step"
        || fileName.EndsWith("/ExponentialMovingAverage", StringComparison.Ordinal)
        || fileName.Contains("/RMSProp", StringComparison.Ordinal)
        || fileName.EndsWith("/Momentum", StringComparison.Ordinal);

    protected override LayerName NameOf(ConvRole role) => Layer(role == ConvRole.Stem ? $"{Scope}Conv" : $"{Scope}Conv_1", "weights");

    protected override LayerName NameOf(ConvRole role, InvertedResidual block)
    {
        string prefix = block.Index == 0 ? $"{Scope}expanded_conv" : FormattableString.Invariant($"{Scope}expanded_conv_{block.Index}");
        return role switch
        {
            ConvRole.Expand => Layer($"{prefix}/expand", "weights"),
            ConvRole.Depthwise => Layer($"{prefix}/depthwise", "depthwise_weights"),
            _ => Layer($"{prefix}/project", "weights"),
        };
    }

    private static LayerName Layer(string name, string weight) => LayerName.TensorFlow($"{name}/{weight}", $"{name}/biases", $"{name}/BatchNorm");
}

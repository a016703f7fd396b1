using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Turns a trained head into layers of an ONNX graph.</summary>
internal static class HeadOperators
{
    internal static DenseOperator[] Of(DenseHead head) =>
        [.. head.Layers.Select(layer => new DenseOperator(layer.Weights.ToArray(), layer.Bias.ToArray(), layer.Activation))];
}

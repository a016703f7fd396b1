using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Says which network an ONNX model holds: weights, input size, what comes out, and dense layers behind the features.</summary>
/// <param name="Weights">The weights of the backbone.</param>
/// <param name="InputSize">Height and width of the input in pixels.</param>
/// <param name="Output">What comes out; <see cref="MobileNetV2Output.Features"/> where there is a head.</param>
/// <param name="Head">Dense layers behind the features; empty for none.</param>
internal sealed record NetworkSpecification(
    MobileNetV2Weights Weights, int InputSize, MobileNetV2Output Output, IReadOnlyList<DenseOperator> Head)
{
    internal NetworkSpecification(MobileNetV2Weights weights, int inputSize, MobileNetV2Output output)
        : this(weights, inputSize, output, [])
    {
    }

    /// <summary>Gets the count of numbers in the input.</summary>
    internal int InputCount => 3 * InputSize * InputSize;

    /// <summary>Gets the shape of one image's output.</summary>
    internal IReadOnlyList<int> OutputShape => (Output, Head) switch
    {
        (_, [.., DenseOperator last]) => [last.UnitCount],
        (MobileNetV2Output.Features, _) => [Weights.FeatureCount],
        (MobileNetV2Output.FeatureMap, _) => [Weights.FeatureCount, MapSize, MapSize],
        _ => [Weights.ClassCount],
    };

    private int MapSize => Weights.Description.Architecture.GetFeatureMapSize(InputSize);
}

using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Specifies a network to run: backbone weights, input size and output, and the head on its features if there is one.</summary>
/// <param name="Weights">The weights of the backbone.</param>
/// <param name="InputSize">Height and width of the input in pixels.</param>
/// <param name="Output">The output; <see cref="MobileNetV2Output.Features"/> where there is a head.</param>
internal sealed record NetworkSpecification(MobileNetV2Weights Weights, int InputSize, MobileNetV2Output Output)
{
    /// <summary>Gets the head on the features; null for none.</summary>
    internal NetworkHead? Head { get; init; }

    /// <summary>Gets the names of the outputs; empty where they have none.</summary>
    internal IReadOnlyList<string> OutputNames => Head?.OutputNames ?? (IsOfClassifier(Output) ? Weights.Description.ClassNames : []);

    /// <summary>Gets the description of the weights for a file of this network, which has a classifier only where that is the output.</summary>
    internal WeightsDescription Description => Head is null && IsOfClassifier(Output)
        ? Weights.Description
        : Weights.Description with { ClassNames = [] };

    /// <summary>Gets the length of the input: 3 · size · size.</summary>
    internal int InputCount => 3 * InputSize * InputSize;

    /// <summary>Gets the length of one image's output.</summary>
    internal int OutputCount => OutputShape.Aggregate(1, (product, dimension) => product * dimension);

    /// <summary>Gets the shape of one image's output.</summary>
    internal IReadOnlyList<int> OutputShape => (Output, Head) switch
    {
        (_, { } head) => [head.Layers[^1].UnitCount],
        (MobileNetV2Output.Features, _) => [Weights.FeatureCount],
        (MobileNetV2Output.FeatureMap, _) => [Weights.FeatureCount, MapSize, MapSize],
        _ => [Weights.ClassCount],
    };

    private int MapSize => Weights.Description.Architecture.GetFeatureMapSize(InputSize);

    /// <summary>Creates the dense layers that the output needs, which may be the classifier of the weights; null for none.</summary>
    internal DenseHead? CreateHead()
    {
        if (!IsOfClassifier(Output))
        {
            return Head is null ? null : new(Head.Layers);
        }

        (float[] weight, float[] bias) = Weights.GetClassifier();
        HeadActivation activation = Output == MobileNetV2Output.ClassScores ? HeadActivation.Softmax : HeadActivation.Linear;
        return new([new DenseLayer(weight.Length / bias.Length, bias.Length, activation, weight, bias)]);
    }

    /// <summary>Returns whether an output needs the classifier of the weights.</summary>
    internal static bool IsOfClassifier(MobileNetV2Output output) => output is MobileNetV2Output.ClassScores or MobileNetV2Output.ClassLogits;
}

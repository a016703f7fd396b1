namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the output of the network.</summary>
public enum MobileNetV2Output
{
    /// <summary>The pooled features: <see cref="MobileNetV2Weights.FeatureCount"/> numbers, each from 0 to 6.</summary>
    Features,

    /// <summary>The last feature map before pooling: shape (features, height, width), each number from 0 to 6.</summary>
    FeatureMap,

    /// <summary>The probabilities of the classes; only for weights that have a classifier.</summary>
    ClassScores,

    /// <summary>The classifier's output before softmax; only for weights that have a classifier.</summary>
    ClassLogits,
}

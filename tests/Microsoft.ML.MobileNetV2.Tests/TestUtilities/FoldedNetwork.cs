using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes checkpoints whose batch norm is folded into the convolutions, as converters leave them.</summary>
internal static class FoldedNetwork
{
    internal static Checkpoint Fold(MobileNetV2Weights weights)
    {
        Dictionary<string, WeightTensor> tensors = [];
        foreach (ConvLayer layer in weights.Description.Architecture.ConvLayers)
        {
            ConvParameters parameters = weights.GetConv(layer);
            tensors.Add($"{layer.Name}.weight", new(layer.WeightShape, parameters.Weight));
            tensors.Add($"{layer.Name}.bias", new([layer.OutputChannels], parameters.Bias));
        }

        if (weights.ClassCount > 0)
        {
            (float[] weight, float[] bias) = weights.GetClassifier();
            tensors.Add("classifier.1.weight", new([weights.ClassCount, weights.FeatureCount], weight));
            tensors.Add("classifier.1.bias", new([weights.ClassCount], bias));
        }

        return new(weights.Checkpoint.Source, tensors, new Dictionary<string, string>());
    }
}

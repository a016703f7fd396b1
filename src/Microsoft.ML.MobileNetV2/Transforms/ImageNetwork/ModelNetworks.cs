using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds the networks in a model in memory.</summary>
internal static class ModelNetworks
{
    /// <exception cref="ArgumentException">No network of the model classifies images, or several do.</exception>
    internal static EngineSettings FindClassifier(ITransformer model)
    {
        ImageNetworkSettings[] classifiers = [.. In(model).Select(network => network.Settings).Where(settings => ClassifierModel.IsClassifier(settings.Engine.Network))];
        return classifiers switch
        {
            [var only] => only.Engine,
            [] => throw new ArgumentException($"The model has no network that classifies images. {ClassifierModel.Expected}", nameof(model)),
            _ => throw new ArgumentException($"The model {ClassifierModel.DescribeSeveral(classifiers.Select(settings => settings.OutputColumnName))}", nameof(model)),
        };
    }

    private static IEnumerable<ImageNetworkTransformer> In(ITransformer model) => model switch
    {
        ImageNetworkTransformer network => [network],
        MobileNetV2FeaturizerTransformer featurizer => [featurizer.Network],
        MobileNetV2PredictionTransformer trained => trained.Parts.SelectMany(In),
        IEnumerable<ITransformer> chain => chain.SelectMany(In),
        _ => [],
    };
}

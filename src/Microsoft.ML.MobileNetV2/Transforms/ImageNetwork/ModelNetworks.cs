using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds the networks in a model in memory.</summary>
internal static class ModelNetworks
{
    /// <exception cref="ArgumentException">No network of the model classifies images.</exception>
    internal static EngineSettings FindClassifier(ITransformer model) => In(model)
        .Select(network => network.Settings.Engine)
        .FirstOrDefault(engine => ClassifierModel.IsClassifier(engine.Network))
        ?? throw new ArgumentException($"The model has no network that classifies images. {ClassifierModel.Expected}", nameof(model));

    private static IEnumerable<ImageNetworkTransformer> In(ITransformer model) => model switch
    {
        ImageNetworkTransformer network => [network],
        MobileNetV2FeaturizerTransformer featurizer => [featurizer.Network],
        MobileNetV2PredictionTransformer trained => trained.Parts.SelectMany(In),
        IEnumerable<ITransformer> chain => chain.SelectMany(In),
        _ => [],
    };
}

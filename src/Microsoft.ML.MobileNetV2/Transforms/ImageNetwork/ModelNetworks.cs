using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds the networks in a model in memory.</summary>
internal static class ModelNetworks
{
    /// <exception cref="ArgumentException">No network of the model gives its scores of images.</exception>
    internal static EngineSettings FindClassifier(ITransformer model)
    {
        List<(ImageNetworkTransformer Network, NetworkPlace Place)> networks = [];
        ModelSteps steps = StepsInMemory.Describe(Flatten(model), networks);
        int found = ClassifierModel.Find(steps, [.. networks.Select(network => network.Place)], out string fault);
        return found < 0
            ? throw new ArgumentException($"The model cannot become a classifier: {fault}", nameof(model))
            : networks[found].Network.Settings.Engine;
    }

    /// <summary>Returns the transformers of a model in order, those of chains inside of chains included.</summary>
    internal static IEnumerable<ITransformer> Flatten(ITransformer model) => model switch
    {
        MobileNetV2PredictionTransformer trained => trained.Parts.SelectMany(Flatten),
        IEnumerable<ITransformer> chain => chain.SelectMany(Flatten),
        _ => [model],
    };

    /// <summary>Returns the network of a transformer of this library; null for others.</summary>
    internal static ImageNetworkTransformer? NetworkOf(ITransformer transformer) =>
        transformer as ImageNetworkTransformer ?? (transformer as MobileNetV2FeaturizerTransformer)?.Network;

    /// <summary>Returns the place of a network among the steps of a model.</summary>
    internal static NetworkPlace PlaceOf(ImageNetworkTransformer network, int index) => new(
        network.Settings.Engine.Network,
        network.Settings.InputColumnName,
        ImageColumn.KindOf(network.InputType)!.Value,
        network.Settings.OutputColumnName,
        index,
        index);
}

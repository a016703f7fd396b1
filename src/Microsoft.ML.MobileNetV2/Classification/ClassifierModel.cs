using System.IO.Compression;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML.MobileNetV2.Classification;

/// <summary>Finds the network that gives class scores in a model, fitted or saved.</summary>
internal static class ClassifierModel
{
    private const string Expected =
        "Expected a model that was trained with MulticlassClassification.Trainers.MobileNetV2 on a column of images, alone or in a pipeline; " +
        "load a featurizer with another trainer behind it, or any other model, with mlContext.Model.Load.";

    /// <exception cref="ArgumentException">There is no such network.</exception>
    internal static EngineSettings Find(ITransformer model) => Networks(model).FirstOrDefault(IsClassifier)
        ?? throw new ArgumentException($"The model has no network that classifies images. {Expected}", nameof(model));

    /// <exception cref="InvalidDataException">The file is no .zip, damaged, or has no such network.</exception>
    internal static EngineSettings Read(Stream stream, string source)
    {
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            return Networks(archive).FirstOrDefault(IsClassifier)
                ?? throw new InvalidDataException($"it holds no network that classifies images. {Expected}");
        }
        catch (Exception e) when (e is InvalidDataException or Google.Protobuf.InvalidProtocolBufferException or EndOfStreamException)
        {
            throw new InvalidDataException($"'{source}' is not a saved model that classifies images: {e.Message}", e);
        }
    }

    private static IEnumerable<EngineSettings> Networks(ITransformer model) => model switch
    {
        MobileNetV2FeaturizerTransformer featurizer => [featurizer.Settings.Engine],
        MobileNetV2PredictionTransformer trained => trained.Parts.SelectMany(Networks),
        IEnumerable<ITransformer> chain => chain.SelectMany(Networks),
        _ => [],
    };

    private static IEnumerable<EngineSettings> Networks(ZipArchive archive) => SavedModelReader.ReadNetworks(archive)
        .Select(pair => SavedFeaturizer.TryRestore(pair.Model, pair.Name))
        .OfType<MobileNetV2FeaturizerTransformer>()
        .Select(featurizer => featurizer.Settings.Engine);

    private static bool IsClassifier(EngineSettings engine) =>
        engine.Network.Output != MobileNetV2Output.ClassLogits && engine.OutputNames.Count > 0 && engine.Network.OutputShape is [int count] && count == engine.OutputNames.Count;
}

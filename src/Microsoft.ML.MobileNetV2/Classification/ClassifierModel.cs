using System.IO.Compression;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Classification;

/// <summary>Finds the network that gives class scores in a saved model.</summary>
internal static class ClassifierModel
{
    internal const string Expected =
        "Expected a model that was trained with MulticlassClassification.Trainers.MobileNetV2 on a column of images, alone or in a pipeline; " +
        "load a featurizer with another trainer after it, or any other model, with mlContext.Model.Load.";

    /// <exception cref="InvalidDataException">The file is no .zip, damaged, or has no such network.</exception>
    internal static EngineSettings Read(Stream stream, string source)
    {
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            SavedNetwork saved = SavedModel.ReadNetworks(archive).FirstOrDefault(candidate => IsClassifier(candidate.Network))
                ?? throw new InvalidDataException($"it holds no network that classifies images. {Expected}");
            return new(saved.Network, saved.Settings.Preprocessing, saved.Settings.Decoding);
        }
        catch (Exception e) when (e is InvalidDataException or Google.Protobuf.InvalidProtocolBufferException or EndOfStreamException)
        {
            throw new InvalidDataException($"'{source}' is not a saved model that classifies images: {e.Message}", e);
        }
    }

    internal static bool IsClassifier(NetworkSpecification network) =>
        network.Output != MobileNetV2Output.ClassLogits && network.OutputNames.Count > 0 && network.OutputCount == network.OutputNames.Count;
}

using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Classification;

/// <summary>Finds the network that outputs class scores in a saved model.</summary>
internal static class ClassifierModel
{
    internal const string Expected =
        "Expected a model that was trained with MulticlassClassification.Trainers.MobileNetV2 on a column of images, alone or in a pipeline; " +
        "load a featurizer with another trainer after it, or any other model, with mlContext.Model.Load.";

    /// <param name="stream">The .zip. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <param name="limits">What the model may demand.</param>
    /// <param name="expectedSha256">The SHA-256 of the file; null for any.</param>
    /// <exception cref="InvalidDataException">The file is no .zip, damaged, not the expected one, or has no such network.</exception>
    internal static EngineSettings Read(Stream stream, string source, ModelLimits limits, string? expectedSha256)
    {
        try
        {
            SavedModel model = SavedModel.Read(ModelStream.Open(stream, limits.MaxModelSize, expectedSha256), limits);
            SavedNetwork saved = model.Networks.FirstOrDefault(candidate => IsClassifier(candidate.Network))
                ?? throw new InvalidDataException($"it holds no network that classifies images. {Expected}");
            return new(saved.Network, saved.Settings.Preprocessing, saved.Settings.Decoding);
        }
        catch (Exception e) when (SavedModelErrors.IsAboutContent(e))
        {
            throw new InvalidDataException($"'{source}' is not a saved model that classifies images: {e.Message}", e);
        }
    }

    internal static bool IsClassifier(NetworkSpecification network) =>
        network.Output != MobileNetV2Output.ClassLogits && network.OutputNames.Count > 0 && network.OutputCount == network.OutputNames.Count;
}

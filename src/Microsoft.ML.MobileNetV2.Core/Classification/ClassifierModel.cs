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
    /// <exception cref="InvalidDataException">The file is no .zip, damaged, not the expected one, or has no such network or several.</exception>
    internal static EngineSettings Read(Stream stream, string source, ModelLimits limits, string? expectedSha256)
    {
        try
        {
            SavedModel model = SavedModel.Read(ModelStream.Open(stream, limits.MaxModelSize, expectedSha256), limits);
            SavedNetwork saved = FindOnly([.. model.Networks.Where(candidate => IsClassifier(candidate.Network))]);
            return new(saved.Network, saved.Settings.Preprocessing, saved.Settings.Decoding);
        }
        catch (Exception e) when (SavedModelErrors.IsAboutContent(e))
        {
            throw new InvalidDataException($"'{source}' is not a saved model that classifies images: {e.Message}", e);
        }
    }

    /// <summary>Returns what is wrong with a model of several classifiers, as the end of a sentence.</summary>
    /// <param name="columns">The names of the columns with their scores.</param>
    internal static string DescribeSeveral(IEnumerable<string> columns) =>
        $"has several networks that classify images, with the scores in {string.Join(" and ", columns.Select(column => $"'{column}'"))}; expected one. " +
        "Save or hand over the part with one of them alone.";

    private static SavedNetwork FindOnly(SavedNetwork[] classifiers) => classifiers switch
    {
        [var only] => only,
        [] => throw new InvalidDataException($"it holds no network that classifies images. {Expected}"),
        _ => throw new InvalidDataException($"it {DescribeSeveral(classifiers.Select(network => network.OutputColumnName))}"),
    };

    internal static bool IsClassifier(NetworkSpecification network) =>
        network.Output != MobileNetV2Output.ClassLogits && network.OutputNames.Count > 0 && network.OutputCount == network.OutputNames.Count;
}

using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Classification;

/// <summary>Finds the network that outputs class scores in a saved model.</summary>
internal static class ClassifierModel
{
    private const string WholeModel = "load the whole model with mlContext.Model.LoadWithMobileNetV2 for Transform or a PredictionEngine";

    private const string Expected =
        "Expected a model that was trained with MulticlassClassification.Trainers.MobileNetV2 on a column of images, alone or in a pipeline; " +
        "load a featurizer with another trainer after it, or any other model, with mlContext.Model.Load.";

    /// <summary>Has the code compiled in the background that any saved model needs.</summary>
    internal static void BeginWarmUp(InferenceRuntime? runtime) => EngineWarmUp.Begin(runtime, () => ModelWarmUp.Run(), network => SavedGraph.WarmUp(network));

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
            SavedNetwork[] networks = [.. model.Networks];
            int index = Find(model.Steps, [.. networks.Select(network => network.Place)], out string fault);
            return index < 0
                ? throw new InvalidDataException(fault)
                : new(networks[index].Network, networks[index].Settings.Preprocessing, networks[index].Settings.Decoding);
        }
        catch (Exception e) when (SavedModelErrors.IsAboutContent(e))
        {
            throw new InvalidDataException($"'{source}' is not a saved model that classifies images: {e.Message}", e);
        }
    }

    /// <summary>Finds the network whose scores, given an image, are those that the model gives.</summary>
    /// <param name="steps">The transformers of the model.</param>
    /// <param name="networks">Its networks.</param>
    /// <param name="fault">Why there is none; empty otherwise.</param>
    /// <returns>The index of the network; negative where there is none.</returns>
    internal static int Find(ModelSteps steps, IReadOnlyList<NetworkPlace> networks, out string fault)
    {
        int[] all = [.. Enumerable.Range(0, networks.Count).Where(index => IsClassifier(networks[index].Network))];
        int[] trained = [.. all.Where(index => networks[index].Network.Head is not null)];
        int[] candidates = trained.Length > 0 ? trained : all;
        fault = candidates switch
        {
            [] => $"it holds no network that classifies images. {Expected}",
            [int single] => FindChange(steps, networks[single]),
            _ => $"it holds {candidates.Length} networks that classify images, with the scores '{string.Join("', '", candidates.Select(index => networks[index].OutputColumnName))}'. Expected one; {WholeModel}.",
        };
        return fault.Length == 0 ? candidates[0] : -1;
    }

    private static string FindChange(ModelSteps steps, NetworkPlace network) => (steps.FindChangeBefore(network) ?? steps.FindChangeAfter(network)) is { } change
        ? $"{change}. A classifier executes the network alone, so its scores would be others; {WholeModel}, or leave the step out."
        : string.Empty;

    private static bool IsClassifier(NetworkSpecification network) =>
        network.Output != MobileNetV2Output.ClassLogits && network.OutputNames.Count > 0 && network.OutputCount == network.OutputNames.Count;
}

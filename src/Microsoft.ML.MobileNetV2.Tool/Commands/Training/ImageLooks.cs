using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents what a network sees in images, before they are trained on: it tells which look alike, and which cannot be read.</summary>
/// <param name="Features">The features of each image that can be read, by its path.</param>
/// <param name="Unreadable">Why the others cannot.</param>
internal sealed record ImageLooks(IReadOnlyDictionary<string, float[]> Features, IReadOnlyList<string> Unreadable)
{
    internal static ImageLooks Compute(TrainingSource source, MobileNetV2Weights weights, TrainingArguments arguments, IWorkProgress progress, CancellationToken cancellationToken)
    {
        WeightsLoading.Load(weights, progress, cancellationToken);
        string[] paths = [.. source.All.Images.Concat(source.Validation?.Images ?? []).Select(image => image.Image).Distinct(StringComparer.Ordinal)];
        Dictionary<string, float[]> features = new(paths.Length, StringComparer.Ordinal);
        List<string> unreadable = [];
        MobileNetV2EngineOptions options = new() { Weights = weights, InputSize = arguments.Size };
        foreach (BatchResult<float[]> result in arguments.Cache is { } folder
            ? FeatureCache.InFolder(folder).ComputeFeatures(paths, options, cancellationToken)
            : ComputeFeatures(paths, options, cancellationToken))
        {
            progress.Report("computing features", result.Index + 1, paths.Length);
            if (result.Error is { } error)
            {
                unreadable.Add(error.Message);
            }
            else
            {
                features.Add(paths[result.Index], result.Value);
            }
        }

        return new(features, unreadable);
    }

    private static IEnumerable<BatchResult<float[]>> ComputeFeatures(string[] paths, MobileNetV2EngineOptions options, CancellationToken cancellationToken)
    {
        using MobileNetV2Engine engine = new(options);
        foreach (BatchResult<float[]> result in engine.Run(paths, cancellationToken))
        {
            yield return result;
        }
    }
}

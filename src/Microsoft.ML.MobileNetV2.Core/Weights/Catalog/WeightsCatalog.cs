using System.Collections.Concurrent;
using System.Collections.ObjectModel;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Provides the entries of the catalog, and the weights that were opened by name.</summary>
internal static class WeightsCatalog
{
    private static readonly ConcurrentDictionary<string, MobileNetV2Weights> Opened = new(StringComparer.OrdinalIgnoreCase);

    internal static ReadOnlyCollection<PretrainedWeights> All { get; } =
        Array.AsReadOnly<PretrainedWeights>(
        [BundledWeights.Entry, BundledWeights.SmallEntry, .. ImageNetWeights.All, .. TorchvisionWeights.All, .. TimmWeights.All]);

    /// <summary>Returns weights under the settings of the environment; the same instance each time, so that they are loaded once.</summary>
    internal static MobileNetV2Weights Open(string name) => Opened.GetOrAdd(name, static name => Open(Find(name), null));

    /// <param name="entry">The entry.</param>
    /// <param name="options">How to download; null for the settings of the environment at the time of loading.</param>
    internal static MobileNetV2Weights Open(PretrainedWeights entry, WeightsDownloadOptions? options)
    {
        if (entry.Address is null)
        {
            return entry.Name switch
            {
                BundledWeights.Name => MobileNetV2Weights.Bundled,
                BundledWeights.SmallName => MobileNetV2Weights.BundledSmall,
                _ => throw new ArgumentException(
                    $"The entry '{entry.Name}' has no address; only '{BundledWeights.Name}' and '{BundledWeights.SmallName}' need none.", nameof(entry)),
            };
        }

        return new(
            new CheckpointSource(
                entry.Address.AbsoluteUri,
                (progress, cancellationToken) =>
                    new PretrainedFile(entry, options ?? WeightsDownloadOptions.FromEnvironment(), progress).ReadAsync(cancellationToken)),
            entry.Description,
            entry.ClassCount);
    }

    private static PretrainedWeights Find(string name) =>
        All.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There are no weights '{name}' in the catalog; there are {string.Join(", ", All.Select(entry => entry.Name))}.", nameof(name));
}

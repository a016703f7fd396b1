using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Caches features in files: a folder for each network, a file for each run that added some.</summary>
internal sealed class FolderFeatureCache(string path) : FeatureCache
{
    internal override FeatureStore Open(FeatureKey network, int featureCount)
    {
        if (File.Exists(path))
        {
            throw new IOException($"The feature cache '{path}' is a file; expected the path of a folder.");
        }

        return new FolderFeatureStore(Path.Combine(path, network.ToString()[..16]), new(network, featureCount));
    }
}

using System.Collections.Concurrent;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Caches features in memory.</summary>
internal sealed class MemoryFeatureCache : FeatureCache
{
    private readonly ConcurrentDictionary<FeatureKey, FeatureStore> _stores = new();

    internal override FeatureStore Open(FeatureKey network, int featureCount) => _stores.GetOrAdd(network, _ => new MemoryFeatureStore());

    private sealed class MemoryFeatureStore : FeatureStore
    {
        private readonly ConcurrentDictionary<FeatureKey, float[]> _entries = new();

        internal override bool TryRead(FeatureKey key, Span<float> features)
        {
            if (!_entries.TryGetValue(key, out float[]? found))
            {
                return false;
            }

            found.CopyTo(features);
            return true;
        }

        internal override void Add(FeatureKey key, ReadOnlySpan<float> features) => _entries[key] = features.ToArray();
    }
}

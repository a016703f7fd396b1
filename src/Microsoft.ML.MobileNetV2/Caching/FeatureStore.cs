using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Stores features of one network by key. Safe to use from several threads.</summary>
internal abstract class FeatureStore : IDisposable
{
    /// <summary>Copies features that were added before; false where there are none.</summary>
    internal abstract bool TryRead(FeatureKey key, Span<float> features);

    /// <summary>Adds features.</summary>
    /// <exception cref="InvalidOperationException">They cannot be written.</exception>
    internal abstract void Add(FeatureKey key, ReadOnlySpan<float> features);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

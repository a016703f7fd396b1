using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Keeps the features of images, so that an image passes through the network once, however often a trainer sees it.</summary>
/// <remarks>
/// Features are found by the content of the image, the weights, the input size and the preprocessing: a changed image is computed anew, a moved or
/// renamed one is not, and one cache serves any number of networks. Safe to use from several threads and by several trainers at once.
/// </remarks>
public abstract class FeatureCache
{
    private long _hitCount;
    private long _missCount;

    private protected FeatureCache()
    {
    }

    /// <summary>Gets how often features were found.</summary>
    public long HitCount => Interlocked.Read(ref _hitCount);

    /// <summary>Gets how often features were not found, and were computed.</summary>
    public long MissCount => Interlocked.Read(ref _missCount);

    /// <summary>Makes a cache that lives as long as the object: for many trainings in one program, such as cross-validation.</summary>
    /// <returns>The cache.</returns>
    public static FeatureCache InMemory() => new MemoryFeatureCache();

    /// <summary>Makes a cache that lives in files.</summary>
    /// <param name="path">Path of a folder; it is made when the first features are written.</param>
    /// <returns>The cache.</returns>
    /// <remarks>
    /// What is written stays, so a training that was canceled or killed goes on from there. Every entry has a checksum: one that is incomplete or
    /// damaged is computed anew. Several processes may use one folder. An entry takes 4 bytes a feature and 40 more; nothing is ever removed, and the
    /// folder may be deleted whenever no training runs.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static FeatureCache InFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FolderFeatureCache(Path.GetFullPath(path));
    }

    /// <summary>Opens the part of the cache that belongs to one network.</summary>
    /// <param name="network">The key of the network with its preprocessing.</param>
    /// <param name="featureCount">Features of an image.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    internal abstract FeatureStore Open(FeatureKey network, int featureCount);

    internal void Count(bool isHit) => Interlocked.Increment(ref (isHit ? ref _hitCount : ref _missCount));
}

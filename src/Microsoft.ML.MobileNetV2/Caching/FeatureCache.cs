using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents a cache of image features, so that each image passes through the network once, however often it is trained on.</summary>
/// <remarks>
/// Features are looked up by the content of the image, the weights, the input size and the preprocessing: a changed image is computed again, a moved or
/// renamed one is not, and one cache serves any number of networks. Safe to use from several threads and by several trainers at once.
/// </remarks>
public abstract class FeatureCache
{
    private long _hitCount;
    private long _missCount;

    private protected FeatureCache()
    {
    }

    /// <summary>Gets the number of lookups that found features.</summary>
    public long HitCount => Interlocked.Read(ref _hitCount);

    /// <summary>Gets the number of lookups that found none, so that features were computed.</summary>
    public long MissCount => Interlocked.Read(ref _missCount);

    /// <summary>Creates a cache in memory, for many training runs in one program, such as cross-validation.</summary>
    /// <returns>The cache.</returns>
    public static FeatureCache InMemory() => new MemoryFeatureCache();

    /// <summary>Creates a cache in a folder, for training runs of several programs.</summary>
    /// <param name="path">The path of a folder, which is created when the first features are written.</param>
    /// <returns>The cache.</returns>
    /// <remarks>
    /// Entries remain when a training run is canceled or killed, and the next run uses them. Every entry has a checksum: an incomplete or damaged one is
    /// computed again. Several processes can use one folder. An entry takes 4 bytes for each feature, plus 40. Nothing is ever removed; the folder can be
    /// deleted whenever no training is running.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static FeatureCache InFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FolderFeatureCache(Path.GetFullPath(path));
    }

    /// <summary>Computes the features of image files with several threads; what the cache has is not computed again.</summary>
    /// <param name="paths">The paths of the files; enumerated on the caller's thread, as far ahead as the threads can work.</param>
    /// <param name="options">The network, read once; null for the defaults. Its output is <see cref="MobileNetV2Output.Features"/>.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read has a result with an error; the sequence continues.</returns>
    /// <remarks>A trainer with this cache, the same weights, input size and options finds these features, and the other way round.</remarks>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IEnumerable<BatchResult<float[]>> ComputeFeatures(
        IEnumerable<string> paths, MobileNetV2EngineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new();
        OptionsValidator validator = new();
        if (options.Output != MobileNetV2Output.Features)
        {
            validator.Add($"Output is {options.Output}; a cache keeps Features.");
        }

        var settings = EngineSettings.Create(options, MobileNetV2Output.Features, validator);
        return Iterate();

        IEnumerable<BatchResult<float[]>> Iterate()
        {
            using ImageFeatures features = new(settings, this);
            IImageComputation computation = features.WithViews(augmentation: null, cancellationToken);
            foreach (BatchResult<float[]> result in ImageSequence.Compute(paths.Select(ImageSource.FromFile), computation, settings.MaxDegreeOfParallelism, cancellationToken))
            {
                yield return result;
            }
        }
    }

    /// <summary>Opens the part of the cache that belongs to one network.</summary>
    /// <param name="network">The key of the network with its preprocessing.</param>
    /// <param name="featureCount">Features of an image.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    internal abstract FeatureStore Open(FeatureKey network, int featureCount);

    internal void Count(bool isHit) => Interlocked.Increment(ref (isHit ? ref _hitCount : ref _missCount));
}

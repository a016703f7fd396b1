using System.Text.Json;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Onnx;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Computes the features of images for a training, and of augmented views of them: each once, since what is in a cache is not computed again.</summary>
internal sealed class ImageFeatures : IDisposable
{
    /// <summary>Grows when the library computes other features from the same image, weights and settings.</summary>
    private const string Version = "2";

    private readonly ImageEngine _engine;
    private readonly FeatureCache? _cache;
    private readonly FeatureStore? _store;

    internal ImageFeatures(EngineSettings settings, FeatureCache? cache)
    {
        FeatureCount = settings.Network.Weights.FeatureCount;
        _cache = cache;
        _store = cache?.Open(KeyOf(settings), FeatureCount);
        _engine = settings.CreateEngine(nameof(ImageFeatures));
    }

    /// <summary>Initializes the computation of other numbers than features, which no cache keeps.</summary>
    /// <param name="engine">Computes them; disposed with this object.</param>
    internal ImageFeatures(ImageEngine engine)
    {
        FeatureCount = engine.OutputCount;
        _engine = engine;
    }

    /// <summary>Gets the count of features of an image or view.</summary>
    internal int FeatureCount { get; }

    /// <summary>Returns what computes the plain image and, behind it, its augmented views.</summary>
    /// <param name="augmentation">How views differ; null for the plain image alone.</param>
    /// <param name="cancellationToken">Ends the work on an image between two views.</param>
    internal IImageComputation WithViews(ImageAugmentationOptions? augmentation, CancellationToken cancellationToken) =>
        new Computation(this, augmentation, cancellationToken);

    public void Dispose()
    {
        _store?.Dispose();
        _engine.Dispose();
    }

    private static FeatureKey KeyOf(EngineSettings settings) => FeatureKey.Of("network", NetworkModel.Create(settings.Network))
        .Derive(JsonSerializer.Serialize(settings.Preprocessing, FeatureKeyJsonContext.Default.ImagePreprocessing))
        .Derive(JsonSerializer.Serialize(settings.Decoding, FeatureKeyJsonContext.Default.ImageDecodingOptions))
        .Derive(Version);

    private void Compute(ImageInput input, ImageView? view, FeatureKey key, Span<float> features)
    {
        bool isHit = _store?.TryRead(key, features) ?? false;
        if (!isHit)
        {
            _engine.Compute(input, view, features);
            _store?.Add(key, features);
        }

        _cache?.Count(isHit);
    }

    private sealed class Computation(ImageFeatures owner, ImageAugmentationOptions? augmentation, CancellationToken cancellationToken) : IImageComputation
    {
        private readonly int _viewCount = augmentation?.ViewsPerImage ?? 0;
        private readonly string _description = augmentation?.Describe() ?? string.Empty;

        public int OutputCount => owner.FeatureCount * (1 + _viewCount);

        public void Compute(ImageInput input, Span<float> destination)
        {
            if (owner._store is null && _viewCount == 0)
            {
                owner._engine.Compute(input, destination);
                return;
            }

            // The content decides about the views too, so that they do not depend on the order or the place of images.
            input.Load();
            FeatureKey image = input.ComputeKey();
            owner.Compute(input, view: null, image, destination[..owner.FeatureCount]);
            for (int index = 0; index < _viewCount; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ImageView view = ImageView.Draw(augmentation!, image.ToNumber(), index);
                FeatureKey key = image.Derive(FormattableString.Invariant($"{_description}, view {index}"));
                owner.Compute(input, view, key, destination.Slice((1 + index) * owner.FeatureCount, owner.FeatureCount));
            }
        }
    }
}

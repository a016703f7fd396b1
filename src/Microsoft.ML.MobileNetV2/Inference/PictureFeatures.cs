using System.Text.Json;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Computes the features of pictures for a training, each once: what is in a cache is not computed again.</summary>
internal sealed class PictureFeatures : IPictureComputation, IDisposable
{
    /// <summary>Grows when the library computes other features from the same picture, weights and settings.</summary>
    private const string Version = "1";

    private readonly ImageEngine _engine;
    private readonly FeatureCache? _cache;
    private readonly FeatureStore? _store;

    internal PictureFeatures(EngineSettings settings, FeatureCache? cache)
    {
        _engine = settings.CreateEngine();
        _cache = cache;
        _store = cache?.Open(KeyOf(settings), _engine.OutputCount);
    }

    public int OutputCount => _engine.OutputCount;

    public void Compute(ImageInput input, Span<float> destination)
    {
        if (_store is null)
        {
            _engine.Compute(input, destination);
            return;
        }

        input.Load();
        FeatureKey key = input.ComputeKey();
        bool isHit = _store.TryRead(key, destination);
        _cache!.Count(isHit);
        if (!isHit)
        {
            _engine.Compute(input, destination);
            _store.Add(key, destination);
        }
    }

    public void Dispose()
    {
        _store?.Dispose();
        _engine.Dispose();
    }

    private static FeatureKey KeyOf(EngineSettings settings) => FeatureKey.Of("network", NetworkModel.Create(settings.Network))
        .Derive(JsonSerializer.Serialize(settings.Preprocessing))
        .Derive(JsonSerializer.Serialize(settings.Decoding))
        .Derive(Version);
}

using System.Collections.Concurrent;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Reads the features that other runs left in a folder, and writes new ones into a file of its own.</summary>
/// <remarks>No file is ever written by two processes, so none needs to wait for another.</remarks>
internal sealed class FolderFeatureStore : FeatureStore
{
    private const string Extension = ".features";
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly FeatureFileFormat _format;
    private readonly ConcurrentDictionary<FeatureKey, FeaturePlace> _places = new();
    private FeatureFileWriter? _own;

    /// <exception cref="IOException">The folder cannot be read.</exception>
    internal FolderFeatureStore(string folder, FeatureFileFormat format)
    {
        _folder = folder;
        _format = format;
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*" + Extension))
            {
                AddPlaces(new(path, format));
            }
        }
    }

    internal override bool TryRead(FeatureKey key, Span<float> features)
    {
        for (FeaturePlace? place = _places.GetValueOrDefault(key); place is not null; place = place.Next)
        {
            if (TryRead(place, key, features))
            {
                return true;
            }
        }

        return false;
    }

    internal override void Add(FeatureKey key, ReadOnlySpan<float> features)
    {
        lock (_lock)
        {
            try
            {
                _own ??= CreateOwn();
                AddPlace(key, _own, _own.Append(key, features));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Not as IOException, which would be taken as an image that cannot be read.
                throw new InvalidOperationException(
                    $"The features cannot be written to the cache '{_folder}': {e.Message.TrimEnd('.')}. What is there stays; the next run goes on from it.", e);
            }
        }
    }

    public override void Dispose()
    {
        _own?.Dispose();
        base.Dispose();
    }

    /// <summary>Reads a record; one that cannot be read counts as damaged, and is computed anew.</summary>
    private static bool TryRead(FeaturePlace place, FeatureKey key, Span<float> features)
    {
        try
        {
            return place.File.TryRead(place.Offset, key, features);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void AddPlaces(FeatureFileReader file)
    {
        try
        {
            foreach ((FeatureKey key, long offset) in file.ReadKeys())
            {
                AddPlace(key, file, offset);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is computed anew.
        }
    }

    private void AddPlace(FeatureKey key, IFeatureFile file, long offset) => _places[key] = new(file, offset, _places.GetValueOrDefault(key));

    private FeatureFileWriter CreateOwn()
    {
        Directory.CreateDirectory(_folder);
        return FeatureFileWriter.Create(Path.Combine(_folder, Guid.NewGuid().ToString("N") + Extension), _format);
    }

    /// <summary>Represents the place of a record, of which there may be another if it is damaged.</summary>
    private sealed record FeaturePlace(IFeatureFile File, long Offset, FeaturePlace? Next);
}
